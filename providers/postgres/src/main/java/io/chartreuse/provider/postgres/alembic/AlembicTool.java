package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.migrate.ConnectionLost;
import io.chartreuse.provider.postgres.migrate.Memory;
import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.provider.postgres.migrate.RememberingTool;
import io.chartreuse.provider.postgres.migrate.Standing;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.server.Session;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Context;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.ErrorType;
import io.chartreuse.spi.Migration;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The user's Alembic as a process, for one database. */
public final class AlembicTool implements RememberingTool {

    private final Connector connector;
    private final DatabaseSettings database;
    private final AlembicSettings settings;
    private final Project project;
    private final Alembic alembic;
    private final ProjectReading reading;
    private final Renderings renderings;
    private final VersionCheck version;

    public AlembicTool(Connector connector, AlembicSettings settings, Context context) {
        this(connector, settings, context, Alembic.READING);
    }

    /** @param limit how long a call may take that only reads */
    AlembicTool(Connector connector, AlembicSettings settings, Context context, Duration limit) {
        this.connector = connector;
        this.database = connector.database();
        this.settings = settings;
        Refusals refusals = new Refusals(database);
        this.project = new Project(settings, refusals);
        this.alembic = new Alembic(project, connector, new ChildEnvironment(database, context), refusals, limit);
        this.reading = new ProjectReading(database, project, alembic, refusals);
        this.renderings = new Renderings(alembic);
        this.version = new VersionCheck(alembic, refusals);
    }

    /** What the user has to mend in the project is among the problems, so that it shows beside all others. */
    @Override
    public Standing read(Server server, String application) {
        return judge(() -> reading.read(session(application, settings.readOnlyPlan()), renderings));
    }

    @Override
    public Memory remember(String application) {
        Current current = asked(() -> reading.current(session(application, settings.readOnlyPlan())));
        SortedMap<String, String> parts = new TreeMap<>();
        parts.put("revision", Comparison.text(current.revisions()).orElse("none"));
        ObjectNode notes = JsonNodeFactory.instance.objectNode();
        current.revisions().forEach(notes.putArray("revisions")::add);
        return new Memory(parts, notes);
    }

    @Override
    public Standing recall(Server server, ObjectNode notes) {
        if (!notes.path("revisions").isArray()) {
            throw new IllegalArgumentException("not a state of Alembic's");
        }
        SortedSet<String> revisions = new TreeSet<>();
        notes.path("revisions").forEach(revision -> revisions.add(revision.asText()));
        return judge(() -> reading.recall(revisions, renderings));
    }

    private Standing judge(Question<Standing> question) {
        try {
            return asked(question);
        } catch (ChartreuseException e) {
            if (e.type() != ErrorType.USER) {
                throw e;
            }
            return unusable(e.diagnostics());
        }
    }

    private <T> T asked(Question<T> question) {
        try {
            project.ini();
            version.check();
            return question.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Alembic was asked", e);
        }
    }

    /** Something that a process answers. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws InterruptedException;
    }

    @Override
    public void migrate(MigrationRun run) throws InterruptedException {
        refuseEdited(run.pending());
        Session session = session(run.by(), false);
        Backends backends = new Backends(connector, session.application());
        String options = backends.options();
        for (String target : targets(run)) {
            upgrade(run, session, options, target, backends);
        }
    }

    private void upgrade(MigrationRun run, Session session, String options, String target, Backends backends)
            throws InterruptedException {
        UpgradeWatch watch = new UpgradeWatch(run);
        Output output;
        try {
            output = alembic.upgrade(session, options, target, watch);
        } catch (InterruptedException e) {
            backends.end();
            throw e;
        }
        if (!output.succeeded()) {
            Optional<SQLException> loss = ServerLoss.of(output);
            if (loss.isPresent()) {
                throw new ConnectionLost(database, loss.get(), List.of(), watch.current());
            }
            backends.end();
            throw new UpgradeFailure(database, settings, run, watch.current()).explain(output, reached(run.by()));
        }
    }

    /** The goal's revisions that are still to be reached, in the plan's order. */
    private static List<String> targets(MigrationRun run) {
        Set<String> goal = Set.copyOf(Arrays.asList(run.goal().orElse("").split(Comparison.SEPARATOR)));
        return run.pending().stream()
                .flatMap(migration -> migration.version().stream())
                .filter(goal::contains)
                .toList();
    }

    private Optional<Current> reached(String application) throws InterruptedException {
        try {
            return Optional.of(reading.current(session(application, settings.readOnlyPlan())));
        } catch (ChartreuseException e) {
            return Optional.empty();
        }
    }

    /** Named as the run's own sessions are, so that whoever looks after these looks after Alembic's, too. */
    private Session session(String application, boolean readOnly) {
        return new Session(application, database.role(), readOnly);
    }

    /** Alembic finds its files by itself: right before, these must be the ones that were compared with the plan. */
    private void refuseEdited(List<Migration> pending) {
        List<Diagnostic> edited = pending.stream()
                .filter(migration ->
                        !Project.digest(project.file(migration.script())).equals(Optional.of(migration.digest())))
                .map(migration -> Diagnostic.error(
                                PostgresProblem.MIGRATIONS_MOVED,
                                "Migration " + migration.script() + " of database " + database.name()
                                        + " was changed while it was about to run.",
                                "Plan again.")
                        .about(database.address()))
                .toList();
        if (!edited.isEmpty()) {
            throw new ChartreuseException(edited);
        }
    }

    private static Standing unusable(List<Diagnostic> problems) {
        return new Standing(
                Optional.empty(), Optional.empty(), false, List.of(), Standing.Repeatables.NONE, "", "", problems);
    }
}
