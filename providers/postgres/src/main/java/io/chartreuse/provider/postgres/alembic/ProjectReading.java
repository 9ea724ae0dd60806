package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.leftover.LeftoverReport;
import io.chartreuse.provider.postgres.leftover.Leftovers;
import io.chartreuse.provider.postgres.migrate.MigrationStatus;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.text.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;

/** Combines Alembic's report on the project with the state of the database. */
final class ProjectReading {

    private final Connector connector;
    private final DatabaseSettings database;
    private final AlembicSettings settings;
    private final Project project;
    private final Alembic alembic;
    private final AlembicLeftovers leftovers;
    private final Refusals refusals;
    private final Explanation explanation;
    private final Renderings renderings;

    private volatile Optional<Seen> last = Optional.empty();

    ProjectReading(
            Connector connector, Project project, Alembic alembic, AlembicLeftovers leftovers, Refusals refusals) {
        this.connector = connector;
        this.database = connector.database();
        this.settings = project.settings();
        this.project = project;
        this.alembic = alembic;
        this.leftovers = leftovers;
        this.refusals = refusals;
        this.explanation = new Explanation(database, settings);
        this.renderings = new Renderings(alembic, settings.renderSql());
    }

    /**
     * The status of the database. Does not ask Alembic again where the project's files are unchanged and the version
     * table is enough.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where Alembic fails
     */
    MigrationStatus read(SessionPurpose session) throws InterruptedException {
        checkDriver();
        Optional<AlembicState> before = last.filter(seen -> seen.fingerprint().equals(project.fingerprint(seen.look())))
                .flatMap(seen -> standingNow(seen, session));
        AlembicState look = before.isPresent() ? before.get() : look(session, Optional.of(settings.target()));
        Leftovers left = leftovers.read(Optional.of(look), session.application());
        return compare(look, look.current().orElseThrow(), new LeftoverReport(database, left).diagnostics());
    }

    /**
     * The status of a database that was last seen at these revisions. Opens no connection.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where Alembic fails
     */
    MigrationStatus recall(SortedSet<String> revisions) throws InterruptedException {
        checkDriver();
        AlembicState look = explained(alembic.look(Optional.of(settings.target())));
        return compare(look, CurrentRevisions.recalled(revisions, look.tree()), List.of());
    }

    /** The project and its database now. */
    AlembicState look(SessionPurpose session) throws InterruptedException {
        return look(session, Optional.empty());
    }

    /** The database's current revisions. Does not ask Alembic where the version table is enough. */
    CurrentRevisions current(SessionPurpose session) throws InterruptedException {
        Optional<AlembicState> before = last.flatMap(seen -> standingNow(seen, session));
        return before.isPresent()
                ? before.get().current().orElseThrow()
                : look(session).current().orElseThrow();
    }

    /** Alembic's last report with the current rows of the version table; empty where Alembic has to be asked. */
    private Optional<AlembicState> standingNow(Seen seen, SessionPurpose session) {
        Optional<AlembicState> look = seen.look().several()
                ? Optional.empty()
                : seen.look()
                        .table()
                        .flatMap(table -> table.rows(connector, session))
                        .flatMap(seen.look()::withRows);
        look.ifPresent(now -> last = Optional.of(new Seen(now, seen.fingerprint())));
        return look;
    }

    private AlembicState look(SessionPurpose session, Optional<String> target) throws InterruptedException {
        last = Optional.empty();
        AlembicState look = explained(alembic.look(session, target));
        Optional<String> difference = look.url().flatMap(alembic.url()::difference);
        if (difference.isPresent()) {
            throw refusals.elsewhere(difference.get());
        }
        last = target.map(name -> new Seen(look, project.fingerprint(look)));
        return look;
    }

    private AlembicState explained(Answer answer) {
        if (answer.failure().isPresent()) {
            throw explanation.of(answer.failure().get());
        }
        return AlembicState.of(answer.content());
    }

    private MigrationStatus compare(AlembicState look, CurrentRevisions current, List<Diagnostic> left)
            throws InterruptedException {
        Comparison comparison = new Comparison(look.tree(), current, targets(look));
        String scripts = project.digest(look);
        List<Revision> pending = comparison.pending();
        PendingMigrations migrations = new PendingMigrations(
                database, project, look, renderings.of(scripts, List.copyOf(current.revisions()), pending));
        List<Migration> found = migrations.of(pending);
        return new MigrationStatus(
                comparison.revision(),
                comparison.goal(),
                comparison.ahead(),
                found,
                MigrationStatus.Repeatables.NONE,
                Sha256.of(comparison.revision().orElse("")),
                scripts,
                Stream.concat(left.stream(), migrations.problems().stream()).toList());
    }

    private Set<String> targets(AlembicState look) {
        if (settings.target().equals("head") && look.targets().size() > 1) {
            throw explanation.severalHeads(look.targets());
        }
        return look.targets();
    }

    /**
     * Refuses a driver that does not read libpq's environment variables: it would get neither the password nor the
     * role.
     */
    private void checkDriver() {
        Optional<String> driver = alembic.driver(project.ini());
        if (driver.equals(Optional.of("pg8000"))) {
            throw refusals.driver("pg8000", "cannot be given the password through the environment");
        }
        if (driver.equals(Optional.of("asyncpg")) && database.role().isPresent()) {
            throw refusals.driver(
                    "asyncpg", "cannot be given the role " + database.role().get());
        }
    }

    /**
     * Alembic's last report on the whole project.
     *
     * @param fingerprint of the files that it had read
     */
    private record Seen(AlembicState look, String fingerprint) {}
}
