package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.leftover.LeftoverRepair;
import io.chartreuse.provider.postgres.migrate.ConnectionLost;
import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.provider.postgres.migrate.MigrationStatus;
import io.chartreuse.provider.postgres.migrate.OfflineTool;
import io.chartreuse.provider.postgres.migrate.RepairingTool;
import io.chartreuse.provider.postgres.migrate.StartingTool;
import io.chartreuse.provider.postgres.migrate.ToolRecord;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.ConnectionLossCheck;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.provider.postgres.server.OpenSessions;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Repair;
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
public final class AlembicTool implements OfflineTool, RepairingTool, StartingTool {

    private final Connector connector;
    private final DatabaseSettings database;
    private final AlembicSettings settings;
    private final Project project;
    private final Alembic alembic;
    private final AlembicLeftovers remains;
    private final ProjectReading reading;

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
        this.remains = new AlembicLeftovers(connector, project);
        this.reading = new ProjectReading(connector, project, alembic, remains, refusals);
    }

    /** Ignores what keeps it from starting: the next request finds and reports it. */
    @Override
    public void start(String application) {
        try {
            project.ini();
            alembic.start(looking(application));
        } catch (ChartreuseException e) {
            alembic.close();
        }
    }

    @Override
    public void close() {
        alembic.close();
    }

    /**
     * Reports what the user has to fix in the project among the problems, next to all others. Keeps the process,
     * because a run asks again before and after it migrates, and for its record.
     */
    @Override
    public MigrationStatus read(Server server, String application) {
        MigrationStatus standing = judge(() -> reading.read(looking(application)));
        alembic.keep();
        return standing;
    }

    @Override
    public ToolRecord remember(String application) {
        CurrentRevisions current = asked(() -> reading.current(looking(application)));
        alembic.keep();
        SortedMap<String, String> parts = new TreeMap<>();
        parts.put("revision", Comparison.text(current.revisions()).orElse("none"));
        ObjectNode notes = JsonNodeFactory.instance.objectNode();
        current.revisions().forEach(notes.putArray("revisions")::add);
        return new ToolRecord(parts, notes);
    }

    @Override
    public MigrationStatus recall(Server server, ObjectNode notes) {
        if (!notes.path("revisions").isArray()) {
            throw new IllegalArgumentException("not a state of Alembic's");
        }
        SortedSet<String> revisions = new TreeSet<>();
        notes.path("revisions").forEach(revision -> revisions.add(revision.asText()));
        return closing(() -> judge(() -> reading.recall(revisions)));
    }

    private MigrationStatus judge(Question<MigrationStatus> question) {
        try {
            return asked(question);
        } catch (ChartreuseException e) {
            if (e.type() != ErrorType.USER) {
                throw e;
            }
            return unusable(e.diagnostics());
        }
    }

    private <T> T closing(Question<T> question) {
        try {
            return asked(question);
        } finally {
            alembic.close();
        }
    }

    private <T> T asked(Question<T> question) {
        try {
            project.ini();
            return question.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Alembic was asked", e);
        }
    }

    /** A request to the process. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws InterruptedException;
    }

    @Override
    public List<Repair> repairs(String application) {
        return closing(() -> repair(application).repairs(application));
    }

    @Override
    public void repair(Repair repair, String application) {
        closing(() -> {
            repair(application).repair(repair, application);
            return repair;
        });
    }

    private LeftoverRepair repair(String application) throws InterruptedException {
        Optional<AlembicState> look = looked(application);
        return new LeftoverRepair(connector, remains.table(look), as -> remains.read(look, as));
    }

    /** The state of the project; empty where the project has an error: a repair does without it. */
    private Optional<AlembicState> looked(String application) throws InterruptedException {
        try {
            return Optional.of(reading.look(looking(application)));
        } catch (ChartreuseException e) {
            if (e.type() != ErrorType.USER) {
                throw e;
            }
            return Optional.empty();
        }
    }

    @Override
    public void migrate(MigrationRun run) throws InterruptedException {
        refuseEdited(run.migrations());
        SessionPurpose session = new SessionPurpose(run.by(), database.role(), false).inUsersPath();
        try (UpgradeWatch watch = new UpgradeWatch(run, connector)) {
            OpenSessions.Watched process = connector.sessions().with(() -> halted(watch));
            try {
                for (String target : targets(run)) {
                    upgrade(run, session, target, watch);
                }
            } finally {
                process.close();
            }
            end(watch);
        }
    }

    /** Ends the process where the server no longer answers: it would wait until the kernel gives up. */
    private void halted(UpgradeWatch watch) {
        watch.serverHalted();
        alembic.end();
    }

    private void upgrade(MigrationRun run, SessionPurpose session, String target, UpgradeWatch watch)
            throws InterruptedException {
        Optional<AlembicFailure> failure;
        try {
            failure = alembic.upgrade(session, target, watch).failure();
        } catch (InterruptedException e) {
            watch.failed("", "the run was interrupted");
            watch.close();
            new AlembicSessions(connector, session.application()).end();
            throw e;
        }
        if (failure.isPresent()) {
            throw failed(run, session, failure.get(), watch);
        }
        watch.reachedTarget();
    }

    private ChartreuseException failed(
            MigrationRun run, SessionPurpose session, AlembicFailure failure, UpgradeWatch watch)
            throws InterruptedException {
        Optional<SQLException> loss = watch.halt()
                .or(() -> ServerLoss.of(failure))
                .or(() -> watch.unwritten().flatMap(ConnectionLossCheck::of));
        if (loss.isPresent()) {
            return new ConnectionLost(database, loss.get(), watch.committed(), watch.current(), watch.mayHaveLeft());
        }
        if (!failure.isAt("ended")) {
            watch.failed(failure.sqlState().orElse(""), failure.complaint().reason());
        }
        watch.close();
        new AlembicSessions(connector, session.application()).end();
        Optional<StateAfterFailure> reached = reached(run.by(), watch);
        watch.reached(reached.map(StateAfterFailure::applied));
        return watch.unwritten().isPresent()
                ? new DriverFailure(connector).explain(watch.unwritten().get())
                : new UpgradeFailure(database, settings, run, watch).explain(failure, reached);
    }

    private void end(UpgradeWatch watch) {
        try {
            watch.end();
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }

    /** The target revisions that are not reached yet, in the plan's order. */
    private static List<String> targets(MigrationRun run) {
        Set<String> goal = Set.copyOf(Arrays.asList(run.goal().orElse("").split(Comparison.SEPARATOR)));
        return run.pending().stream()
                .flatMap(migration -> migration.version().stream())
                .filter(goal::contains)
                .toList();
    }

    private Optional<StateAfterFailure> reached(String application, UpgradeWatch watch) throws InterruptedException {
        try {
            AlembicState look = reading.look(looking(application));
            CurrentRevisions current = look.current().orElseThrow();
            return Optional.of(new StateAfterFailure(
                    current,
                    watch.mayHaveLeft() ? remains.left(look, application) : List.of(),
                    look.tree().withAncestors(current.revisions()),
                    look.several()));
        } catch (ChartreuseException e) {
            return Optional.empty();
        }
    }

    /** Named like the run's own sessions, so that everything that looks for these also finds Alembic's. */
    private SessionPurpose looking(String application) {
        return new SessionPurpose(application, database.role(), settings.readOnlyPlan()).inUsersPath();
    }

    /** Alembic reads its files itself. So right before that, checks that they are the ones in the plan. */
    private void refuseEdited(List<Migration> listed) {
        List<Diagnostic> edited = listed.stream()
                .filter(migration -> migration.kind().isExecuted() && !VersionTable.isCreation(migration))
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

    private static MigrationStatus unusable(List<Diagnostic> problems) {
        return new MigrationStatus(
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                MigrationStatus.Repeatables.NONE,
                "",
                "",
                problems);
    }
}
