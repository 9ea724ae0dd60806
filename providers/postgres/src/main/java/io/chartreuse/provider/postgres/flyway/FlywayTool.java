package io.chartreuse.provider.postgres.flyway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.leader.LeaderCheck;
import io.chartreuse.provider.postgres.leftover.Continuation;
import io.chartreuse.provider.postgres.leftover.LeftoverReader;
import io.chartreuse.provider.postgres.leftover.LeftoverRepair;
import io.chartreuse.provider.postgres.leftover.LeftoverReport;
import io.chartreuse.provider.postgres.leftover.Leftovers;
import io.chartreuse.provider.postgres.leftover.ObjectLook;
import io.chartreuse.provider.postgres.leftover.ProgressJournal;
import io.chartreuse.provider.postgres.leftover.ProgressTable;
import io.chartreuse.provider.postgres.lock.SessionGuard;
import io.chartreuse.provider.postgres.migrate.ConnectionLost;
import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.provider.postgres.migrate.MigrationStatus;
import io.chartreuse.provider.postgres.migrate.OfflineTool;
import io.chartreuse.provider.postgres.migrate.RepairingTool;
import io.chartreuse.provider.postgres.migrate.ToolRecord;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.ConnectionLossCheck;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.provider.postgres.server.PartitionReader;
import io.chartreuse.provider.postgres.server.ProcedureReader;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.server.SessionPurpose;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Repair;
import io.chartreuse.spi.provider.StoppedEarly;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.FlywayExecutor;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/** Flyway in this process, for one database. */
public final class FlywayTool implements OfflineTool, RepairingTool {

    private final Connector connector;
    private final DatabaseSettings database;
    private final FlywaySetup setup;
    private final MigrationNames names;
    private final ScriptReview review;

    public FlywayTool(Connector connector) {
        this.connector = connector;
        this.database = connector.database();
        this.setup = new FlywaySetup(database.migrations());
        this.names = new MigrationNames(database.migrations().options().naming(), setup.configuration(ScriptSet.NONE));
        this.review = new ScriptReview(database, names);
    }

    @Override
    public MigrationStatus read(Server server, String application) {
        DataSource source = connector.source(new SessionPurpose(application, database.role(), true).inUsersPath());
        Leftovers leftovers = new LeftoverReader(connector).read(application);
        return judge(
                server,
                (scripts, all) -> known(leftovers, scripts, all, application),
                new Lookups(
                        () -> new ProcedureReader(connector).read(application),
                        () -> new PartitionReader(connector).read(application)),
                scripts -> info(source, scripts),
                () -> recorded(source).placeholders());
    }

    @Override
    public ToolRecord remember(String application) {
        DataSource source = connector.source(new SessionPurpose(application, database.role(), true).inUsersPath());
        RecordedHistory history = recorded(source);
        MigrationStatusReader reader = new MigrationStatusReader(
                database, ScriptSet.NONE, review, all -> Leftovers.NONE, Lookups.NONE, running(history::placeholders));
        SortedMap<String, String> parts = history.parts();
        parts.put(
                "revision",
                reader.unusable(recalled(history, ScriptSet.NONE), List.of())
                        .revision()
                        .orElse("none"));
        return new ToolRecord(parts, history.json());
    }

    @Override
    public MigrationStatus recall(Server server, ObjectNode notes) {
        RecordedHistory history = RecordedHistory.of(notes);
        return judge(
                server,
                (scripts, all) -> known(Leftovers.NONE, scripts, all, ""), // without a note no server is asked
                Lookups.NONE,
                scripts -> recalled(history, scripts),
                history::placeholders);
    }

    private RunningSql running(Supplier<Map<String, String>> ofDatabase) {
        return new RunningSql(database, setup.configuration(ScriptSet.NONE), review, ofDatabase);
    }

    private MigrationStatus judge(
            Server server,
            BiFunction<ScriptSet, List<MigrationInfoImpl>, Leftovers> leftovers,
            Lookups lookups,
            Function<ScriptSet, FlywayInfo> infos,
            Supplier<Map<String, String>> ofDatabase) {
        ScriptFolders.Found found = ScriptFolders.search(database, names);
        List<Diagnostic> problems = review.review(found);
        MigrationStatusReader reader = new MigrationStatusReader(
                database,
                found.scripts(),
                review,
                all -> leftovers.apply(found.scripts(), all),
                lookups,
                running(ofDatabase));
        return usable(problems)
                ? reader.read(server, infos.apply(found.scripts())).withProblems(problems)
                : reader.unusable(infos.apply(ScriptSet.NONE), problems);
    }

    private static boolean usable(List<Diagnostic> problems) {
        return problems.stream().noneMatch(Diagnostic::isError);
    }

    private FlywayInfo recalled(RecordedHistory history, ScriptSet scripts) {
        try {
            return new UnconnectedInfo(setup.looking(scripts), scripts, history).read();
        } catch (FlywayException e) {
            throw explained(e);
        }
    }

    private RecordedHistory recorded(DataSource source) {
        try {
            return new HistoryRecorder(setup.reader(source, ScriptSet.NONE).getConfiguration()).read();
        } catch (FlywayException e) {
            throw explained(e);
        }
    }

    @Override
    public void migrate(MigrationRun run) throws InterruptedException {
        ScriptSet scripts = ScriptFolders.search(database, names).scripts();
        refuseEdited(run, scripts);
        DataSource source = connector.source(new SessionPurpose(run.by(), database.role(), false).inUsersPath());
        Optional<Continuation> left = left(run);
        try (ProgressJournal journal = new ProgressJournal(connector, run.by())) {
            RunListener listener = new RunListener(
                    run, journal, new SessionGuard(database), new LeaderCheck(connector, run.progress()));
            CheckedCallbacks callbacks = new CheckedCallbacks(scripts, review);
            Configuration flyway = setup.migrator(
                    source,
                    scripts,
                    run.goal(),
                    run.by(),
                    Stream.concat(Stream.of(listener), callbacks.callbacks()).toArray(Callback[]::new));
            try {
                new CancellableRun(
                                database.name(),
                                () -> migrate(flyway, listener, callbacks, journal, scripts, left),
                                listener)
                        .await();
            } catch (FlywayException e) {
                throw ended(e, listener);
            }
        }
    }

    private ChartreuseException ended(FlywayException failure, RunListener listener) throws StoppedEarly {
        if (listener.stopped().isPresent()) {
            throw new StoppedEarly(listener.stopped().get());
        }
        Optional<SQLException> loss = ConnectionLossCheck.of(failure);
        if (loss.isPresent()) {
            return new ConnectionLost(
                    database, loss.get(), listener.committed(), listener.current(), listener.transaction());
        }
        listener.failed();
        return new FailureReport(connector, listener).explain(failure);
    }

    private void migrate(
            Configuration flyway,
            RunListener listener,
            CheckedCallbacks checked,
            ProgressJournal journal,
            ScriptSet scripts,
            Optional<Continuation> left) {
        new FlywayExecutor(flyway)
                .execute(
                        (resolver, history, database, schema, schemas, callbacks, interceptor) -> {
                            FlywayParts parts =
                                    new FlywayParts(flyway, resolver, history, database, schema, schemas, callbacks);
                            checked.begin(parts, scripts);
                            new HistorySetup(parts).lay().ifPresent(listener::tookOver);
                            new MigrationLoop(parts, listener, journal, scripts, review, left).run();
                            return true;
                        },
                        true,
                        null);
    }

    @Override
    public List<Repair> repairs(String application) {
        return repair().repairs(application);
    }

    @Override
    public void repair(Repair repair, String application) {
        repair().repair(repair, application);
    }

    private LeftoverRepair repair() {
        return new LeftoverRepair(connector, ProgressTable.of(database.migrations()), this::leftovers);
    }

    /** Reads leftovers even when the migration files have errors: then it reports what it knows without them. */
    private Leftovers leftovers(String application) {
        ScriptFolders.Found found = ScriptFolders.search(database, names);
        ScriptSet usable = usable(review.review(found)) ? found.scripts() : ScriptSet.NONE;
        DataSource source = connector.source(new SessionPurpose(application, database.role(), true).inUsersPath());
        return known(
                new LeftoverReader(connector).read(application),
                found.scripts(),
                info(source, usable).all(),
                application);
    }

    private Leftovers known(Leftovers found, ScriptSet scripts, List<MigrationInfoImpl> all, String application) {
        ObjectLook look = new ObjectLook(connector, application);
        Supplier<Map<String, String>> routines = () -> new ProcedureReader(connector).callable(application);
        return new HistoryLeftovers(scripts, review, database.migrations(), look, routines).of(found, all);
    }

    /** Where an earlier run left the first pending migration; read anew, under the lock. */
    private Optional<Continuation> left(MigrationRun run) {
        boolean outside = run.pending().stream()
                .findFirst()
                .filter(next -> !next.transactional())
                .isPresent();
        if (!outside || new LeftoverReader(connector).read(run.by()).note().isEmpty()) {
            return Optional.empty();
        }
        Leftovers leftovers = leftovers(run.by());
        boolean unclear = leftovers
                .died()
                .filter(note -> note.isExecuting() || leftovers.goesOn().isEmpty())
                .isPresent();
        if (unclear) {
            throw new ChartreuseException(
                    new LeftoverReport(database, leftovers.withContinuation(Optional.empty())).diagnostics());
        }
        return leftovers.goesOn();
    }

    /** Checks that the files, which are found anew for each call, are those of the plan. */
    private void refuseEdited(MigrationRun run, ScriptSet scripts) {
        Stream<String> edited = run.migrations().stream()
                .filter(entry -> entry.kind().isPending() || entry.kind() == Migration.Kind.CALLBACK)
                .filter(entry -> !scripts.has(entry.script(), entry.digest()))
                .map(entry -> (entry.kind().isPending() ? "Migration " : "The callback ") + entry.script()
                        + " of database " + database.name() + " was changed while it was about to run.");
        Set<String> listed = run.migrations().stream().map(Migration::script).collect(Collectors.toSet());
        Stream<String> added = Callbacks.running(scripts, review, database.migrations(), run.migrations()).stream()
                .map(callback -> callback.script().getRelativePath())
                .filter(script -> !listed.contains(script))
                .map(script -> "The callback " + script + " of database " + database.name()
                        + " was added while migrations were about to run.");
        List<Diagnostic> moved = Stream.concat(edited, added)
                .map(text -> Diagnostic.error(PostgresProblem.MIGRATIONS_MOVED, text, "Plan again.")
                        .about(database.address()))
                .toList();
        if (!moved.isEmpty()) {
            throw new ChartreuseException(moved);
        }
    }

    private FlywayInfo info(DataSource source, ScriptSet scripts) {
        try {
            return FlywayInfo.of(setup.reader(source, scripts).info());
        } catch (FlywayException e) {
            throw explained(e);
        }
    }

    private ChartreuseException explained(FlywayException failure) {
        Optional<SQLException> cause = FailureReport.sqlCause(failure);
        if (cause.isPresent()) {
            return new DriverFailure(connector).explain(cause.get());
        }
        return new ChartreuseException(
                Diagnostic.error(
                                PostgresProblem.REFUSED,
                                "Flyway cannot read database " + database.name() + ": "
                                        + failure.getMessage()
                                                .lines()
                                                .findFirst()
                                                .orElse("no message"),
                                "Check the database's migrations settings.")
                        .about(database.address()),
                failure);
    }
}
