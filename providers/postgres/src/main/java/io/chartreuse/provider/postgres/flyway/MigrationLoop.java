package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.remains.ProgressJournal;
import io.chartreuse.spi.Migration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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

/**
 * Runs pending migrations: Flyway's parser, executors, callbacks and history, without its loop, which finds out anew
 * before each migration what is pending and takes its lock each time. The history that it leaves is the same, row by row.
 */
final class MigrationLoop {

    private final FlywayParts parts;
    private final RunListener listener;
    private final ProgressJournal journal;
    private final StatementLines lines;
    private final Connection connection;
    private HistoryWriter writer;
    private boolean versionedBefore;

    MigrationLoop(FlywayParts parts, RunListener listener, ProgressJournal journal, ScriptSet scripts) {
        this.parts = parts;
        this.listener = listener;
        this.journal = journal;
        this.lines = new StatementLines(parts, scripts);
        this.connection = parts.database().getMigrationConnection().getJdbcConnection();
    }

    /** All that is pending, in Flyway's order, with its callbacks around it. */
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
        if (migration.canExecuteInTransaction()) {
            ExecutionTemplateFactory.createExecutionTemplate(connection, parts.database())
                    .execute(() -> {
                        execute(migration, () -> {});
                        record(migration, watch, true);
                        return true;
                    });
        } else {
            migrateOutside(migration, watch);
        }
    }

    /**
     * Nothing rolls it back: what it does stays, and its failure is an entry in the history. One that was not begun, as the
     * run was asked to stop, leaves none.
     */
    private void migrateOutside(MigrationInfoImpl migration, StopWatch watch) {
        execute(migration, () -> record(migration, watch, false));
        record(migration, watch, true);
        note(() -> journal.end());
    }

    private void execute(MigrationInfoImpl migration, Runnable onFailure) {
        passToRepeatables(migration);
        writer.restore();
        parts.callbacks().setMigrationInfo(migration);
        try {
            parts.callbacks().onEachMigrateOrUndoEvent(Event.BEFORE_EACH_MIGRATE);
            begun(migration, onFailure);
        } finally {
            parts.callbacks().setMigrationInfo(null);
        }
    }

    private void begun(MigrationInfoImpl migration, Runnable onFailure) {
        try {
            statements(migration);
            parts.callbacks().onEachMigrateOrUndoEvent(Event.AFTER_EACH_MIGRATE);
        } catch (FlywayException e) {
            onFailure.run();
            throw e;
        }
    }

    private void statements(MigrationInfoImpl migration) {
        try {
            if (!migration.canExecuteInTransaction()) {
                connection.setAutoCommit(true);
                begin(migration);
            }
            migration.getResolvedMigration().getExecutor().execute(context());
        } catch (FlywayException e) {
            parts.callbacks().onEachMigrateOrUndoEvent(Event.AFTER_EACH_MIGRATE_ERROR);
            throw e;
        } catch (SQLException e) {
            parts.callbacks().onEachMigrateOrUndoEvent(Event.AFTER_EACH_MIGRATE_ERROR);
            throw new FlywaySqlException(migration.getScript() + " failed", e);
        }
    }

    private void begin(MigrationInfoImpl migration) throws SQLException {
        Migration planned = listener.current().orElseThrow();
        int server = connection.unwrap(PGConnection.class).getBackendPID();
        journal.begin(planned, lines.of(migration.getPhysicalLocation()), server);
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
