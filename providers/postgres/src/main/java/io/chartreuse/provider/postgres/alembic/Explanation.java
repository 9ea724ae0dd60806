package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/** Explains why a request that only reads failed. */
final class Explanation {

    private static final Set<String> UNREACHABLE = Set.of("OperationalError", "ConnectionRefusedError");

    /**
     * The messages of libpq about a server that is being stopped, started or replaced. Trying again may help, as with
     * pgjdbc.
     */
    private static final Pattern PASSING =
            Pattern.compile("Connection refused|server closed the connection unexpectedly"
                    + "|the database system is (?:starting up|shutting down|in recovery mode|not yet accepting connections)"
                    + "|session is (?:not )?read-only");

    /** The SQLSTATE of a connection that could not be established. */
    private static final String NOT_CONNECTED = "08001";

    private final DatabaseSettings database;
    private final AlembicSettings settings;

    Explanation(DatabaseSettings database, AlembicSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    ChartreuseException of(AlembicFailure failure) {
        if (failure.isAt("scripts")) {
            return scripts(failure.complaint());
        }
        return failure.isAt("target") ? target(failure.complaint()) : environment(failure);
    }

    /** The scripts cannot be loaded. */
    private ChartreuseException scripts(FailureOutput complaint) {
        return thrown(
                complaint,
                Diagnostic.error(
                        PostgresProblem.ALEMBIC_SCRIPTS,
                        "Alembic cannot load the migrations of database " + database.name() + ": " + complaint.reason(),
                        "Fix the script that is named, or script_location in " + settings.config()
                                + "; `alembic history` tells the same."));
    }

    /** {@code env.py} failed, or did not connect to the database. */
    private ChartreuseException environment(AlembicFailure failure) {
        FailureOutput complaint = failure.complaint();
        String reason = complaint.reason();
        if (reason.contains("read-only transaction")) {
            return thrown(complaint, writes(reason));
        }
        if (reason.startsWith("ModuleNotFoundError") || reason.contains("NoSuchModuleError")) {
            return thrown(complaint, module(reason));
        }
        boolean unreachable = UNREACHABLE.stream().anyMatch(reason::contains);
        if (!unreachable) {
            return thrown(complaint, environment(reason));
        }
        ChartreuseException found = thrown(complaint, connection(reason));
        return PASSING.matcher(String.join("\n", failure.output().errors())).find()
                ? new ChartreuseException(found.diagnostics(), new SQLException(reason, NOT_CONNECTED))
                : found;
    }

    private ChartreuseException target(FailureOutput complaint) {
        return thrown(
                complaint,
                Diagnostic.error(
                        PostgresProblem.UNKNOWN_TARGET,
                        "Database " + database.name() + " has the target " + settings.target() + ": "
                                + complaint.reason(),
                        "Correct postgres.databases." + database.name() + ".migrations.target."));
    }

    ChartreuseException severalHeads(Set<String> heads) {
        return new ChartreuseException(Diagnostic.error(
                        PostgresProblem.SEVERAL_HEADS,
                        "Database " + database.name() + " has the target " + settings.target() + ", but its migrations"
                                + " have several heads: " + String.join(", ", heads) + ".",
                        "Merge them (alembic merge heads), or set migrations.target to heads or to one of them.")
                .about(database.address()));
    }

    private Diagnostic writes(String reason) {
        return Diagnostic.error(
                PostgresProblem.ALEMBIC_ENVIRONMENT,
                "The env.py of database " + database.name() + " writes although it is only asked: " + reason,
                "Let env.py write nothing, or accept it with postgres.databases." + database.name()
                        + ".migrations.readOnlyPlan: false.");
    }

    private Diagnostic module(String reason) {
        return Diagnostic.error(
                PostgresProblem.ALEMBIC_ENVIRONMENT,
                "The env.py of database " + database.name() + " misses a module: " + reason,
                "Install it for the Python that runs Alembic (for the database: psycopg2-binary), or see that "
                        + "prepend_sys_path leads to your own.");
    }

    private Diagnostic connection(String reason) {
        return Diagnostic.error(
                PostgresProblem.UNREACHABLE,
                "Database " + database.name() + " is reached by us, but not by Alembic: " + reason,
                "Its driver is libpq: check TLS (PEM files, sslmode) and how it resolves the host; `alembic current` "
                        + "tells the same.");
    }

    private Diagnostic environment(String reason) {
        return Diagnostic.error(
                PostgresProblem.ALEMBIC_ENVIRONMENT,
                "The env.py of database " + database.name() + " fails: " + reason,
                "Fix env.py; `alembic current` in " + settings.directory() + " tells the whole story.");
    }

    private ChartreuseException thrown(FailureOutput complaint, Diagnostic problem) {
        Diagnostic about = problem.about(database.address());
        return new ChartreuseException(
                complaint.in(settings.directory()).map(about::at).orElse(about));
    }
}
