package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.leftover.Continuation;
import io.chartreuse.provider.postgres.leftover.ProgressJournal;
import io.chartreuse.provider.postgres.server.ConnectionLossCheck;
import io.chartreuse.provider.postgres.server.TransactionFate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.executor.Context;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.flywaydb.core.internal.info.MigrationInfoServiceImpl;
import org.flywaydb.core.internal.jdbc.ExecutionTemplateFactory;
import org.flywaydb.core.internal.util.StopWatch;
import org.flywaydb.core.internal.util.ValidatePatternUtils;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pending migrations with Flyway's parser, executors, callbacks and history, but without its loop, which reads the
 * pending migrations and takes its lock anew before each migration. The resulting history is the same, row by row.
 */
final class MigrationLoop {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationLoop.class);

    private final FlywayParts parts;
    private final RunListener listener;
    private final ProgressJournal journal;
    private final NonTransactionalScript outside;
    private final ScriptReview review;
    private final ScriptSet scripts;
    private final Connection connection;
    private HistoryWriter writer;
    /** Whether a statement of the current migration may have reached the server. */
    private boolean sent;

    private boolean versionedBefore;

    MigrationLoop(
            FlywayParts parts,
            RunListener listener,
            ProgressJournal journal,
            ScriptSet scripts,
            ScriptReview review,
            Optional<Continuation> left) {
        this.parts = parts;
        this.scripts = scripts;
        this.review = review;
        this.listener = listener;
        this.journal = journal;
        this.connection = parts.database().getMigrationConnection().getJdbcConnection();
        this.outside = new NonTransactionalScript(parts, listener, journal, scripts, connection, left);
    }

    /** Runs all pending migrations in Flyway's order, with the callbacks around them. */
    void run() {
        call(Event.BEFORE_MIGRATE);
        int count;
        try {
            count = parts.history().lock(this::migrateAll);
        } catch (FlywayException e) {
            call(Event.AFTER_MIGRATE_ERROR);
            throw e;
        }
        if (count > 0) {
            call(Event.AFTER_MIGRATE_APPLIED);
        }
        call(Event.AFTER_MIGRATE);
    }

    private int migrateAll() {
        MigrationInfoServiceImpl service = service();
        if (service.failed().length > 0) {
            throw new FlywayException("the history has a failed entry");
        }
        List<MigrationInfoImpl> pending = List.of(service.pending());
        parts.database().getMigrationConnection().restoreOriginalState();
        parts.database().getMigrationConnection().changeCurrentSchemaTo(parts.schema());
        writer = new HistoryWriter(parts, connection);
        pending.forEach(this::migrate);
        if (versionedBefore) {
            call(Event.AFTER_VERSIONED);
        }
        return pending.size();
    }

    private MigrationInfoServiceImpl service() {
        Configuration configuration = parts.configuration();
        MigrationInfoServiceImpl service = new MigrationInfoServiceImpl(
                parts.resolver(),
                parts.history(),
                parts.database(),
                configuration,
                configuration.getTarget(),
                configuration.isOutOfOrder(),
                ValidatePatternUtils.getIgnoreAllPattern());
        service.refresh();
        return service;
    }

    private void migrate(MigrationInfoImpl migration) {
        StopWatch watch = new StopWatch();
        watch.start();
        if (listener.next().transactional()) {
            migrateInside(migration, watch);
        } else {
            note(() -> migrateOutside(migration, watch));
        }
        listener.ended();
    }

    private void migrateInside(MigrationInfoImpl migration, StopWatch watch) {
        try {
            ExecutionTemplateFactory.createExecutionTemplate(connection, parts.database())
                    .execute(() -> {
                        execute(migration);
                        record(migration, watch, true);
                        return true;
                    });
        } catch (RuntimeException e) {
            ask(migration, watch, e);
            throw e;
        }
    }

    /**
     * Asks the server for the outcome of the transaction. Where the migration ended it early, records the failure in
     * the history.
     */
    private void ask(MigrationInfoImpl migration, StopWatch watch, RuntimeException failure) {
        Optional<Long> transaction = listener.transaction();
        if (transaction.isEmpty()) {
            return;
        }
        TransactionFate fate = TransactionFate.of(connection, transaction.get());
        listener.became(fate);
        if (fate == TransactionFate.COMMITTED) {
            recordFailure(migration, watch, failure);
        }
    }

    /**
     * Runs a migration that cannot be rolled back as a whole: what it commits stays, and the history records its
     * failure. Records no failure where no statement was sent to the server, because the run was asked to stop or its
     * progress could not be recorded. A migration with its own transactions runs in a transaction of Flyway's, which it
     * ends itself; others run in auto-commit.
     */
    private void migrateOutside(MigrationInfoImpl migration, StopWatch watch) throws SQLException {
        connection.setAutoCommit(!hasOwnTransactions(migration));
        sent = false;
        try {
            execute(migration);
            record(migration, watch, true);
            OpenTransaction.commit(connection);
        } catch (SQLException | RuntimeException e) {
            if (sent && ConnectionLossCheck.of(e).isEmpty()) {
                rollBackOpen(e);
                recordFailure(migration, watch, e);
            }
            throw e;
        } finally {
            restoreAutoCommit();
        }
        journal.end();
    }

    private void rollBackOpen(Exception failure) {
        try {
            listener.rolledBack(OpenTransaction.rollBack(connection));
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Whether the server executes all of it in transactions, although not in one. */
    private boolean hasOwnTransactions(MigrationInfoImpl migration) {
        return migration.canExecuteInTransaction()
                && scripts.at(migration.getPhysicalLocation())
                        .filter(script -> review.transactions(script).needsNone())
                        .isPresent();
    }

    /** Ignores a failure: on a lost connection there is nothing to restore. */
    private void restoreAutoCommit() {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("the session's auto-commit mode could not be restored", e);
        }
    }

    private void recordFailure(MigrationInfoImpl migration, StopWatch watch, Exception failure) {
        try {
            record(migration, watch, false);
            OpenTransaction.commit(connection);
            listener.failureRecorded();
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void execute(MigrationInfoImpl migration) {
        passToRepeatables(migration);
        writer.restore();
        parts.callbacks().setMigrationInfo(migration);
        try {
            parts.callbacks().onEachMigrateOrUndoEvent(Event.BEFORE_EACH_MIGRATE);
            statements(migration);
            parts.callbacks().onEachMigrateOrUndoEvent(Event.AFTER_EACH_MIGRATE);
        } finally {
            parts.callbacks().setMigrationInfo(null);
        }
    }

    private void statements(MigrationInfoImpl migration) {
        try {
            if (listener.current().orElseThrow().transactional()) {
                inside(migration);
            } else {
                outside(migration);
            }
        } catch (FlywayException e) {
            failed();
            throw e;
        } catch (SQLException e) {
            failed();
            throw new FlywaySqlException(migration.getScript() + " failed", e);
        }
    }

    private void failed() {
        parts.callbacks().onEachMigrateOrUndoEvent(Event.AFTER_EACH_MIGRATE_ERROR);
    }

    private void outside(MigrationInfoImpl migration) throws SQLException {
        Optional<Script> script = scripts.at(migration.getPhysicalLocation());
        if (script.isPresent()) {
            outside.run(script.get(), () -> sent = true);
        } else {
            int server = connection.unwrap(PGConnection.class).getBackendPID();
            journal.begin(listener.current().orElseThrow(), server);
            sent = true;
            migration.getResolvedMigration().getExecutor().execute(context());
        }
    }

    private void inside(MigrationInfoImpl migration) throws SQLException {
        Optional<Script> script = scripts.at(migration.getPhysicalLocation());
        if (script.isPresent()) {
            new StatementLines(parts, scripts).checked(script.get(), 0, listener, () -> run(migration));
        } else {
            run(migration);
        }
    }

    private void run(MigrationInfoImpl migration) throws SQLException {
        Optional<Script> large = scripts.at(migration.getPhysicalLocation()).filter(Script::isLarge);
        if (large.isPresent()) {
            new LargeExecution(parts, scripts).run(large.get(), connection);
        } else {
            migration.getResolvedMigration().getExecutor().execute(context());
        }
    }

    private void passToRepeatables(MigrationInfoImpl migration) {
        if (versionedBefore && !migration.isVersioned()) {
            call(Event.AFTER_VERSIONED);
            call(Event.BEFORE_REPEATABLES);
        }
        versionedBefore = migration.isVersioned();
    }

    private void record(MigrationInfoImpl migration, StopWatch watch, boolean success) {
        watch.stop();
        writer.add(migration, (int) watch.getTotalTimeMillis(), success);
    }

    private Context context() {
        return new Context() {
            @Override
            public Configuration getConfiguration() {
                return parts.configuration();
            }

            @Override
            public Connection getConnection() {
                return connection;
            }
        };
    }

    private void call(Event event) {
        parts.callbacks().onMigrateOrUndoEvent(event);
    }

    private interface Noting {
        void run() throws SQLException;
    }

    private static void note(Noting noting) {
        try {
            noting.run();
        } catch (SQLException e) {
            throw new FlywaySqlException("the progress of a migration could not be written down", e);
        }
    }
}
