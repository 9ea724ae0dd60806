package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.pause.Sleeper;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.server.DriverFailure;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.provider.Progress;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.util.HostSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps other runs from migrating a database: one session-level advisory lock, in a session of its own that checks now
 * and then who blocks the run's other sessions. It ends with the process, however that ends.
 *
 * <p>When the lock's session is lost, that is reported, and the lock is taken again. Meanwhile no other run migrates,
 * because a run that takes the lock waits for the sessions of this run as for those of a dead one.
 */
public final class DatabaseLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseLock.class);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(500);
    private static final Duration SHORTEST_LOOK = Duration.ofMillis(20);

    private final DatabaseLockAcquisition acquisition;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch;
    private Optional<LockSession> session;
    private Optional<Integer> lost = Optional.empty();
    private List<Blocker> blockers = List.of();
    private final HaltedServer halted;
    private volatile Optional<HostSpec> left = Optional.empty();

    private DatabaseLock(DatabaseLockAcquisition acquisition, LockSession session) {
        this.acquisition = acquisition;
        this.session = Optional.of(session);
        this.halted = new HaltedServer(acquisition.connector(), this::warn);
        this.interval = interval(acquisition.connector().database().locks().lockTimeout());
        this.watch = new Thread(
                this::watch, "lock-" + acquisition.connector().database().name());
        watch.setDaemon(true);
    }

    /**
     * Takes the lock.
     *
     * @param application the application name of the run's sessions
     * @throws ChartreuseException of type LOCKED where another run has it for too long
     * @throws InterruptedException where the thread is interrupted while it waits
     */
    public static DatabaseLock acquire(
            Connector connector, String application, Progress progress, Clock clock, Sleeper pause)
            throws InterruptedException {
        DatabaseLockAcquisition acquisition =
                new DatabaseLockAcquisition(connector, application, progress, clock, pause);
        DatabaseLock lock = new DatabaseLock(acquisition, acquisition.acquire());
        lock.watch.start();
        return lock;
    }

    /**
     * Makes sure of the lock before new sessions migrate: takes it again where its session was lost.
     *
     * @throws ChartreuseException of type LOCKED where another run has it now
     */
    public void require() throws InterruptedException {
        look();
        synchronized (this) {
            if (session.isEmpty()) {
                endLost();
                regained(acquisition.acquire());
            }
        }
    }

    /** The blockers of this run that were seen since the last call; empty when there were no blockers. */
    synchronized List<Blocker> takeBlockers() {
        List<Blocker> seen = blockers;
        blockers = List.of();
        return seen;
    }

    /** Lets go of the lock. */
    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            session.ifPresent(LockSession::close);
            session = Optional.empty();
        }
    }

    /** Short enough to read the blockers before a statement reaches its lock timeout. */
    private static Duration interval(Duration lockTimeout) {
        Duration look = lockTimeout.isZero() ? LONGEST_LOOK : lockTimeout.dividedBy(5);
        look = look.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : look;
        return look.compareTo(SHORTEST_LOOK) < 0 ? SHORTEST_LOOK : look;
    }

    private void watch() {
        try {
            while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                left.ifPresent(halted::look);
                if (!halted.isSuspected()) {
                    look();
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            LOG.debug("no longer looking after the lock", e);
        }
    }

    private synchronized void look() {
        if (closed.getCount() == 0) {
            return;
        }
        try {
            if (session.isEmpty()) {
                regain();
            } else {
                remember(session.get().blockers());
            }
        } catch (SQLException e) {
            lost(e);
        }
    }

    private void remember(List<Blocker> now) {
        boolean known = now.size() == blockers.size();
        for (int index = 0; known && index < now.size(); index++) {
            known = now.get(index).sameAs(blockers.get(index));
        }
        if (!now.isEmpty()) {
            blockers = now;
            if (!known) {
                now.forEach(blocker -> acquisition.progress().report("waiting for a lock: " + blocker.describe()));
            }
        }
    }

    private void lost(SQLException failure) {
        LOG.debug("a look at the lock failed", failure);
        if (session.isPresent() && !session.get().isAlive()) {
            lost = Optional.of(session.get().backend());
            left = Optional.of(session.get().server());
            session.get().close();
            session = Optional.empty();
            LOG.warn(
                    "database {} has lost the session that holds its lock",
                    acquisition.connector().database().name());
            say("has lost the session that holds its lock (" + DriverFailure.message(failure) + "); it is taken again");
        }
    }

    private void regain() throws SQLException {
        LockSession again = LockSession.open(acquisition.connector(), acquisition.application());
        try {
            if (lost.isPresent()) {
                again.end(lost.get());
            }
            if (again.lock()) {
                regained(again);
            }
        } finally {
            if (session.isEmpty()) {
                again.close();
            }
        }
    }

    private void regained(LockSession again) {
        session = Optional.of(again);
        left = Optional.empty();
        halted.forget();
        say("has its lock again");
    }

    private void endLost() {
        if (lost.isEmpty()) {
            return;
        }
        try (LockSession looking = LockSession.open(acquisition.connector(), acquisition.application())) {
            looking.end(lost.get());
        } catch (SQLException e) {
            LOG.debug("it is not known whether the server still has the lost session", e);
        }
    }

    private void warn(String what) {
        acquisition
                .progress()
                .warn("database " + acquisition.connector().database().name() + " " + what);
    }

    private void say(String what) {
        acquisition
                .progress()
                .report("database " + acquisition.connector().database().name() + " " + what);
    }
}
