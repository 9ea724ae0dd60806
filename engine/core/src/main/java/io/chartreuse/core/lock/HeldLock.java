package io.chartreuse.core.lock;

import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Lease;
import io.chartreuse.spi.Lock;
import io.chartreuse.spi.VersionConflict;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lock that is ours until it is closed or lost; renewed by a thread of its own. */
public final class HeldLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLock.class);

    private final Lock lock;
    private final Clock clock;
    private final Runnable onLoss;
    private final ScheduledExecutorService renewal;
    private Lease lease;
    private boolean lost;

    private HeldLock(Lock lock, Lease lease, Clock clock, Runnable onLoss) {
        this.lock = lock;
        this.lease = lease;
        this.clock = clock;
        this.onLoss = onLoss;
        this.renewal = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "lock-renewal");
            thread.setDaemon(true);
            return thread;
        });
        long interval = lease.duration().toMillis() / 3;
        renewal.scheduleAtFixedRate(this::renew, interval, interval, TimeUnit.MILLISECONDS);
    }

    /**
     * Waits for the lock.
     *
     * @param onLoss called once, from the renewing thread, when the lock is no longer ours: whoever works under it must
     *               stop at once
     * @param notes  told what is waited for
     * @throws ChartreuseException of type {@code LOCKED} where a living holder does not let go in time
     */
    public static HeldLock acquire(
            Lock lock, LockRequest request, Clock clock, Pause pause, Runnable onLoss, Consumer<String> notes)
            throws InterruptedException {
        Lease lease = new LockAcquisition(lock, request, clock, notes).acquire(pause);
        return new HeldLock(lock, lease, clock, onLoss);
    }

    /** Whether somebody else may hold it by now. */
    public synchronized boolean isLost() {
        return lost;
    }

    private synchronized void renew() {
        if (lost) {
            return;
        }
        try {
            lease = lock.write(new Lease(
                    lease.holder(),
                    lease.acquiredAt(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    lease.duration(),
                    lease.version()));
        } catch (VersionConflict taken) {
            lose("another process took it");
        } catch (RuntimeException e) {
            LOG.warn("the lock could not be renewed, trying again: {}", e.getMessage());
            if (!clock.instant().isBefore(lease.expiresAt())) {
                lose("it could not be renewed until it lapsed");
            }
        }
    }

    private void lose(String why) {
        lost = true;
        LOG.error("the lock is lost: {}", why);
        onLoss.run();
    }

    /** Gives the lock back. One that is lost, or that cannot be given back now, is left to lapse. */
    @Override
    public void close() {
        renewal.shutdownNow();
        synchronized (this) {
            if (!lost) {
                release();
            }
        }
    }

    private void release() {
        try {
            lock.delete(lease);
        } catch (VersionConflict taken) {
            LOG.debug("the lock was no longer ours when it was given back");
        } catch (ChartreuseException e) {
            LOG.warn("the lock could not be given back, it lapses at {}: {}", lease.expiresAt(), e.getMessage());
        }
    }
}
