package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.leader.LeaderCheck;
import io.chartreuse.provider.postgres.leftover.ProgressJournal;
import io.chartreuse.provider.postgres.lock.SessionGuard;
import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.provider.postgres.server.ConnectionLossCheck;
import io.chartreuse.provider.postgres.server.TransactionFate;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.MigrationResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one run of Flyway: reports its progress, knows the current migration, and can stop the run. Flyway calls it
 * on the thread that migrates; {@link #cancel()} comes from another thread.
 */
final class RunListener implements Callback {

    private static final Logger LOG = LoggerFactory.getLogger(RunListener.class);
    private static final Set<Event> EVENTS = EnumSet.of(
            Event.BEFORE_EACH_MIGRATE,
            Event.AFTER_EACH_MIGRATE,
            Event.BEFORE_EACH_MIGRATE_STATEMENT,
            Event.AFTER_EACH_MIGRATE_STATEMENT,
            Event.AFTER_EACH_MIGRATE_STATEMENT_ERROR);

    private final MigrationRun run;
    private final SessionGuard guard;
    private final ProgressJournal journal;
    private final IndexCheck indexes;
    private final LeaderCheck leader;
    private volatile int begun;
    private volatile long begunAt;
    private volatile boolean executes;
    private volatile boolean cancelled;
    private volatile String stopped = "";
    private volatile boolean underway;
    private volatile TransactionFate fate = TransactionFate.UNKNOWN;
    private volatile boolean openRolledBack;
    private volatile boolean failureRecorded;
    private volatile Optional<Long> transaction = Optional.empty();
    private volatile Optional<String> taken = Optional.empty();
    private Optional<Connection> executing = Optional.empty();
    private Optional<SplitCheck> expected = Optional.empty();

    /**
     * @param journal records the statements of a migration while one is open in it
     * @param leader  asked before a statement that a rollback cannot undo
     */
    RunListener(MigrationRun run, ProgressJournal journal, SessionGuard guard, LeaderCheck leader) {
        this.run = run;
        this.journal = journal;
        this.indexes = new IndexCheck(journal, run.progress());
        this.guard = guard;
        this.leader = leader;
    }

    /** The migration that has started and not ended; empty before the first and after the last. */
    Optional<Migration> current() {
        return !underway || begun > run.pending().size()
                ? Optional.empty()
                : Optional.of(run.pending().get(begun - 1));
    }

    /** The migrations that are certainly committed. */
    List<Migration> committed() {
        return run.pending().subList(0, Math.max(0, underway ? begun - 1 : begun));
    }

    /** The id of the current migration's transaction; empty where it runs without one. */
    Optional<Long> transaction() {
        return transaction;
    }

    /** The next migration. @throws FlywayException where the plan has no further one */
    Migration next() {
        if (begun >= run.pending().size()) {
            throw new FlywayException("more is pending than the plan has");
        }
        return run.pending().get(begun);
    }

    /** Records the server's report on the transaction of the current migration, which failed. */
    void became(TransactionFate report) {
        fate = report;
    }

    TransactionFate fate() {
        return fate;
    }

    /** The current migration failed in a transaction that it had begun; that transaction is rolled back. */
    void rolledBack(boolean open) {
        openRolledBack = open;
    }

    boolean openRolledBack() {
        return openRolledBack;
    }

    /** How many statements of the current migration cannot be rolled back any more. */
    int kept() {
        return journal.kept();
    }

    /** How many of its statements were started. */
    int begunStatements() {
        return journal.begun();
    }

    /** The history has an entry for the failure of the current migration. */
    void failureRecorded() {
        failureRecorded = true;
    }

    boolean isFailureRecorded() {
        return failureRecorded;
    }

    /** The current migration is committed, and so is its entry in the history. */
    void ended() {
        report(MigrationResult::applied);
        underway = false;
        transaction = Optional.empty();
    }

    /** Whether any migration was started. */
    boolean hasBegun() {
        return begun > 0;
    }

    /** The current migration failed, unless it is committed or was not started. */
    void failed() {
        report(MigrationResult::failed);
    }

    private void report(BiFunction<String, Duration, MigrationResult> how) {
        if (executes) {
            executes = false;
            Duration took = Duration.ofNanos(System.nanoTime() - begunAt);
            current().ifPresent(migration -> run.progress().ended(how.apply(migration.script(), took)));
        }
    }

    /** Where the run stopped on request; empty where it did not. */
    Optional<String> stopped() {
        return stopped.isEmpty() ? Optional.empty() : Optional.of(stopped);
    }

    /** The revision after the committed migrations. */
    Optional<String> reached() {
        return committed().stream()
                .flatMap(migration -> migration.version().stream())
                .reduce((first, second) -> second)
                .or(() -> taken)
                .or(run::start);
    }

    /** An existing schema was baselined at that version before the first migration. */
    void tookOver(String version) {
        taken = Optional.of(version);
    }

    /**
     * Lets no further statement start and cancels the running one. Waits for its answer under the lock that also ends a
     * statement, so that a late cancellation never hits Flyway's own entry in the history.
     */
    synchronized void cancel() {
        cancelled = true;
        executing.ifPresent(connection -> {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                LOG.debug("a statement could not be cancelled", e);
            }
        });
    }

    @Override
    public boolean supports(Event event, Context context) {
        return EVENTS.contains(event);
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        switch (event) {
            case BEFORE_EACH_MIGRATE -> begin(context);
            case AFTER_EACH_MIGRATE -> guarded(() -> guard.afterMigration(context.getConnection()));
            case BEFORE_EACH_MIGRATE_STATEMENT -> {
                note(context, event);
                executeNext(context);
            }
            default -> {
                execute(Optional.empty());
                note(context, event);
                if (event == Event.AFTER_EACH_MIGRATE_STATEMENT) {
                    guarded(() -> indexes.check(
                            context.getConnection(), context.getStatement().getSql()));
                }
            }
        }
    }

    /** Ignores a lost connection, which says nothing about the statement: only the server knows how it ended. */
    private void failed(Context context) {
        context.getStatement().getErrors().stream()
                .findFirst()
                .filter(error -> error.getState() == null || !ConnectionLossCheck.isLoss(error.getState()))
                .ifPresent(error -> journal.failed(error.getState(), said(error.getMessage())));
    }

    /** Without the driver's severity, and without the detail, which quotes the data. */
    private static String said(String message) {
        return message.lines().findFirst().orElse("").replaceFirst("^\\p{Lu}+: +", "");
    }

    private void requireLeader(Connection session) {
        try {
            if (session.getAutoCommit()) { // no check in a transaction, because that can be rolled back
                leader.require(session);
            }
        } catch (SQLException e) {
            throw new FlywaySqlException("the server is not known to lead its cluster", e);
        }
    }

    private void note(Context context, Event event) {
        if (!journal.isOpen()) {
            return;
        }
        if (event == Event.BEFORE_EACH_MIGRATE_STATEMENT) {
            requireLeader(context.getConnection());
        }
        try {
            switch (event) {
                case BEFORE_EACH_MIGRATE_STATEMENT ->
                    journal.statement(context.getStatement().getSql());
                case AFTER_EACH_MIGRATE_STATEMENT -> journal.done(OpenTransaction.isOpen(context.getConnection()));
                default -> failed(context);
            }
        } catch (SQLException e) {
            throw new FlywaySqlException("the progress of a migration could not be written down", e);
        }
    }

    @Override
    public String getCallbackName() {
        return "chartreuse";
    }

    private void begin(Context context) {
        stopIfCancelled();
        String script = context.getMigrationInfo().getScript();
        stopIfAsked(script);
        if (!next().transactional()) {
            requireLeader(context.getConnection());
        }
        begun++;
        underway = true;
        if (current().filter(planned -> planned.script().equals(script)).isEmpty()) {
            throw new FlywayException(script + " is not what the plan has next");
        }
        guarded(() -> transaction = guard.beforeMigration(context.getConnection()));
        begunAt = System.nanoTime();
        executes = true;
        run.progress().report("migration " + begun + " of " + run.pending().size() + ": " + script);
    }

    /** Stops between two migrations, when everything is committed. */
    private void stopIfAsked(String next) {
        if (run.progress().stopping()) {
            stopped = "stopped before " + next + ", at "
                    + reached().map(revision -> "revision " + revision).orElse("no revision");
            throw new FlywayException("asked to stop");
        }
    }

    /** Reports a message to people, beside the migrations. */
    void say(String text) {
        run.progress().report(text);
    }

    /**
     * Executes a statement that does not belong to the migration, with the same limits and so that it can be cancelled.
     */
    void clear(Connection session, String sql) throws SQLException {
        guard.beforeStatement(session, sql);
        execute(Optional.of(session));
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        } finally {
            execute(Optional.empty());
        }
    }

    /** The statements of the script that runs next; each is checked until {@link #expectNothing}. */
    void expect(SplitCheck script) {
        expected = Optional.of(script);
    }

    void expectNothing() {
        expected = Optional.empty();
    }

    /** Needs no query, because the server reports every change of the setting to the driver. */
    static void requireStandardStrings(Connection session) throws SQLException {
        String setting = session.unwrap(PGConnection.class).getParameterStatus("standard_conforming_strings");
        if ("off".equals(setting)) {
            throw new FlywayException(
                    "standard_conforming_strings is off, so a backslash would hide a quote from the rules;"
                            + " leave it on, and write E'…' where a backslash escapes");
        }
    }

    private void executeNext(Context context) {
        String sql = context.getStatement().getSql();
        expected.ifPresent(script -> script.executes(sql));
        guarded(() -> requireStandardStrings(context.getConnection()));
        guarded(() -> guard.beforeStatement(
                context.getConnection(), context.getStatement().getSql()));
        execute(Optional.of(context.getConnection()));
    }

    private static void guarded(Guarding guarding) {
        try {
            guarding.run();
        } catch (SQLException e) {
            throw new FlywayException("role and limits of the session cannot be restored: " + e.getMessage(), e);
        }
    }

    /** An action of the guard on a session. */
    @FunctionalInterface
    private interface Guarding {
        void run() throws SQLException;
    }

    private synchronized void execute(Optional<Connection> connection) {
        if (connection.isPresent()) {
            stopIfCancelled();
        }
        executing = connection;
    }

    private void stopIfCancelled() {
        if (cancelled) {
            throw new FlywayException("cancelled");
        }
    }
}
