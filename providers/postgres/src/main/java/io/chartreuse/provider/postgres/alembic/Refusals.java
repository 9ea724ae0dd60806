package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.problem.ReadFailure;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The errors that keep Alembic from being called at all. */
final class Refusals {

    private final DatabaseSettings database;

    Refusals(DatabaseSettings database) {
        this.database = database;
    }

    ChartreuseException noDirectory(Path directory) {
        return thrown(Diagnostic.error(
                PostgresProblem.MISSING_LOCATION,
                "The Alembic project " + directory + " of database " + database.name() + " does not exist.",
                "Correct " + setting("directory") + ", or see that the image holds that directory."));
    }

    ChartreuseException noConfig(Path config, IOException failure) {
        Diagnostic problem = Diagnostic.error(
                        PostgresProblem.ALEMBIC_CONFIG,
                        "Alembic's configuration " + config + " of database " + database.name() + " "
                                + ReadFailure.reason(failure) + ".",
                        "Correct " + setting("config")
                                + " (relative to directory), or see that the image holds that file.")
                .about(database.address())
                .at(Location.of(config.toString()));
        return new ChartreuseException(problem, failure);
    }

    ChartreuseException noSection(AlembicSettings settings) {
        return thrown(Diagnostic.error(
                        PostgresProblem.ALEMBIC_CONFIG,
                        "Alembic's configuration " + settings.config() + " of database " + database.name()
                                + " has no section [" + settings.sectionName() + "].",
                        "Add the section, or correct " + setting("section") + ".")
                .at(Location.of(settings.config().toString())));
    }

    ChartreuseException notInstalled(String program) {
        return thrown(Diagnostic.error(
                PostgresProblem.ALEMBIC_NOT_FOUND,
                "Database " + database.name() + " is migrated with Alembic, but there is no program " + program + ".",
                "Install Alembic with its driver (pip install alembic psycopg2-binary) where chartreuse runs, or say "
                        + "how it is called with " + setting("command") + "."));
    }

    ChartreuseException notStarted(String program, IOException failure) {
        Diagnostic problem = Diagnostic.error(
                        PostgresProblem.ALEMBIC_NOT_FOUND,
                        program + ", which is to migrate database " + database.name() + ", cannot be started: "
                                + failure.getMessage(),
                        "Call it by hand in the project's directory; fix the installation or " + setting("command")
                                + ".")
                .about(database.address());
        return new ChartreuseException(problem, failure);
    }

    ChartreuseException unusable(FailureOutput complaint) {
        return thrown(Diagnostic.error(
                PostgresProblem.ALEMBIC_NOT_FOUND,
                "The command that calls the Alembic of database " + database.name() + " does not run it: "
                        + complaint.reason(),
                "Call " + setting("command") + " with --version by hand and fix the installation; 1.8 or newer is "
                        + "needed."));
    }

    ChartreuseException tooOld(String version) {
        return thrown(Diagnostic.error(
                PostgresProblem.ALEMBIC_TOO_OLD,
                "Database " + database.name() + " is migrated with Alembic " + version + ", which is too old.",
                "Install Alembic 1.8 or newer."));
    }

    ChartreuseException tooSlow(String what, Duration limit) {
        return thrown(Diagnostic.error(
                PostgresProblem.ALEMBIC_TIMEOUT,
                "Alembic did not answer within " + limit.toSeconds() + " s (" + what + ") for database "
                        + database.name() + "; it was ended.",
                "Call it by hand in the project's directory: env.py or a script waits for something, or the database "
                        + "keeps it waiting for a lock."));
    }

    ChartreuseException noTemporaryFiles(IOException failure) {
        Diagnostic problem = Diagnostic.error(
                        PostgresProblem.ALEMBIC_CONFIG,
                        "There is no room for the private copy of " + database.name() + "'s alembic.ini: "
                                + failure.getMessage(),
                        "Let chartreuse write to its directory for temporary files (mount an emptyDir at /tmp, or set "
                                + "-Djava.io.tmpdir).")
                .about(database.address());
        return new ChartreuseException(problem, failure);
    }

    ChartreuseException driver(String driver, String what) {
        return thrown(Diagnostic.error(
                PostgresProblem.ALEMBIC_DRIVER,
                "Database " + database.name() + ": the driver " + driver + " of sqlalchemy.url " + what + ".",
                "Write postgresql+psycopg2:// or postgresql+psycopg:// there (psycopg serves async engines too)."));
    }

    ChartreuseException elsewhere(String difference) {
        return thrown(Diagnostic.error(
                PostgresProblem.ALEMBIC_ELSEWHERE,
                "The env.py of database " + database.name() + " connects to " + difference
                        + ": what it migrates is not what the plan is about.",
                "Let env.py take sqlalchemy.url from its configuration, as Alembic's template does; or name the "
                        + "variable that it takes the URL from in " + setting("urlVariable") + "."));
    }

    /** The name of a setting, for remedies. */
    String setting(String name) {
        return "postgres.databases." + database.name() + ".migrations." + name;
    }

    private ChartreuseException thrown(Diagnostic problem) {
        return new ChartreuseException(problem.about(database.address()));
    }
}
