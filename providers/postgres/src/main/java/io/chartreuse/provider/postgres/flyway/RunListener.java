package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.lock.SessionGuard;
import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.spi.Migration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one run of Flyway: says how far it is, knows which migration is on its way, and can stop it. Flyway calls it
 * from the thread that migrates; {@link #cancel()} comes from another.
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
    private volatile int begun;
    private volatile boolean cancelled;
    private Optional<Connection> executing = Optional.empty();

    RunListener(MigrationRun run, SessionGuard guard) {
        this.run = run;
        this.guard = guard;
    }

    /** The migration that was begun last; empty before the first. */
    Optional<Migration> current() {
        return begun == 0 || begun > run.pending().size()
                ? Optional.empty()
                : Optional.of(run.pending().get(begun - 1));
    }

    /** The revision once all before the current one are applied. */
    Optional<String> reached() {
        return run.pending().stream()
                .limit(Math.max(0, begun - 1))
                .flatMap(migration -> migration.version().stream())
                .reduce((first, second) -> second)
                .or(run::start);
    }

    /**
     * Lets no further statement begin and cancels the one that runs. Its answer is waited for under the same lock that
     * ends a statement, so that a late cancellation never hits Flyway's own entry into the history.
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
            case BEFORE_EACH_MIGRATE_STATEMENT -> executeNext(context);
            default -> execute(Optional.empty());
        }
    }

    @Override
    public String getCallbackName() {
        return "chartreuse";
    }

    private void begin(Context context) {
        stopIfCancelled();
        begun++;
        String script = context.getMigrationInfo().getScript();
        if (current().filter(planned -> planned.script().equals(script)).isEmpty()) {
            throw new FlywayException(script + " is not what the plan has next");
        }
        guarded(() -> guard.beforeMigration(context.getConnection()));
        run.progress().report("migration " + begun + " of " + run.pending().size() + ": " + script);
    }

    private void executeNext(Context context) {
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

    /** What the guard does to a session. */
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
