package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.pause.Sleeper;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.text.DurationText;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Takes a database's lock, and waits a while for its holder, or for a server process that still executes a statement of
 * a dead run.
 */
record DatabaseLockAcquisition(Connector connector, String application, Progress progress, Clock clock, Sleeper pause) {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration TO_CLOSE = Duration.ofSeconds(2);

    /**
     * Returns once no other run migrates the database or can begin to.
     *
     * @throws ChartreuseException of type LOCKED where another run has the lock for longer than the setting {@code
     *     lockWait}
     */
    LockSession acquire() throws InterruptedException {
        try {
            LockSession session = LockSession.open(connector, application);
            boolean acquired = false;
            try {
                await(session);
                acquired = true;
                return session;
            } finally {
                if (!acquired) {
                    session.close();
                }
            }
        } catch (SQLException e) {
            throw new DriverFailure(connector).explain(e);
        }
    }

    private void await(LockSession session) throws SQLException, InterruptedException {
        Instant begun = clock.instant();
        int reported = -1;
        for (var holder = session.inTheWay(); holder.isPresent(); holder = session.inTheWay()) {
            LockHolder other = holder.get();
            if (!other.isOf(application) && !clock.instant().isBefore(begun.plus(patience(other)))) {
                throw locked(other);
            }
            if (other.pid() != reported) {
                progress.report("waiting: database " + connector.database().name() + " " + other.describe());
                reported = other.pid();
            }
            pause.rest(LOOK);
        }
    }

    /** The server needs a moment to end a session that was just closed. */
    private Duration patience(LockHolder holder) {
        Duration patience = connector.database().locks().patience();
        boolean closing = holder.executes() || holder.hasEnded();
        return closing && patience.compareTo(TO_CLOSE) < 0 ? TO_CLOSE : patience;
    }

    private ChartreuseException locked(LockHolder holder) {
        String name = connector.database().name();
        return new ChartreuseException(Diagnostic.error(
                        PostgresProblem.LOCKED,
                        "Database " + name + " " + holder.describe() + ". Nothing was touched; it was waited for "
                                + DurationText.of(patience(holder)) + ".",
                        "Wait until it has ended, then apply again; postgres.databases." + name
                                + ".lockWait says for how long to wait. If its process is gone for good and its "
                                + "session is not: SELECT pg_terminate_backend(" + holder.pid() + ");")
                .about(connector.database().address()));
    }
}
