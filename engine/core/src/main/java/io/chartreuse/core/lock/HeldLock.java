package io.chartreuse.core.lock;

import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.UnreadableLease;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that this process holds until it is closed or lost; renewed by a thread of its own.
 *
 * <p>The process is known to hold it for its duration, counted from the moment at which the last successful renewal was
 * sent: a process that waits for the lock begins to count later than that. When this time is over the lock is not lost
 * yet, but not known to be held either: nothing is written until a renewal succeeds, which it does if no other process
 * took the lock meanwhile.
 */
public final class HeldLock implements RunLock {

    private static final Logger LOG = LoggerFactory.getLogger(HeldLock.class);

    /** While the lock cannot be renewed, and for those who wait for it. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Lock lock;
    private final LockClock timing;
    private final Consumer<String> notes;
    private final ScheduledExecutorService renewal;
    private final ReentrantLock renewing = new ReentrantLock();
    private final Duration duration;
    private Lease lease;
    private volatile long sentAt;
    private volatile String lastFailure = "";
    private volatile Optional<String> loss = Optional.empty();
    private volatile boolean silent;
    private volatile boolean closed;
    private Runnable onLoss = () -> {};

    private HeldLock(Lock lock, LeaseAcquisition.Taken taken, LockClock timing, Consumer<String> notes) {
        this.lock = lock;
        this.lease = taken.lease();
        this.duration = lease.duration();
        this.sentAt = taken.sentAt();
        this.timing = timing;
        this.notes = notes;
        this.renewal = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "lock-renewal");
            thread.setDaemon(true);
            return thread;
        });
        long look = Math.min(RETRY.toMillis(), duration.toMillis() / 10);
        renewal.scheduleWithFixedDelay(this::renewWhenDue, look, look, TimeUnit.MILLISECONDS);
    }

    /**
     * Waits for the lock.
     *
     * @param turn  sleeps between attempts
     * @param notes receives what is waited for, and later a message when the lock cannot be renewed, from any thread
     * @throws ChartreuseException of type {@code LOCKED} if a living holder does not release the lock in time
     */
    public static HeldLock acquire(
            Lock lock, LockRequest request, LockClock timing, Sleeper turn, Consumer<String> notes)
            throws InterruptedException {
        return new HeldLock(
                lock, new LeaseAcquisition(lock, request, timing, notes, false).acquire(turn), timing, notes);
    }

    /**
     * The same for a run that only brings workloads back: if the lock has no living holder and its lease cannot be
     * written, or if the stored object cannot be read as a lease, the run goes on without the lock. A holder whose
     * lease cannot be read cannot renew it either, and is waited for until it changes nothing more.
     *
     * @param turn  sleeps between attempts
     * @param notes receives what is waited for, from any thread
     * @throws ChartreuseException of type {@code LOCKED} if a living holder does not release the lock in time
     */
    public static RunLock acquireAnyway(
            Lock lock, LockRequest request, LockClock timing, Sleeper turn, Consumer<String> notes)
            throws InterruptedException {
        LeaseAcquisition acquisition = new LeaseAcquisition(lock, request, timing, notes, true);
        try {
            return new HeldLock(lock, acquisition.acquire(turn), timing, notes);
        } catch (UnwritableLease e) {
            notes.accept("the lock cannot be taken (" + e.getMessage()
                    + "); no process holds it, so what was stopped is brought back without it");
            return new WatchedLock(lock, timing, acquisition.abandoned(), e);
        } catch (UnreadableLease e) {
            notes.accept("it cannot be read who holds the lock (" + e.getMessage()
                    + "); waiting until a run that holds it would have stopped, to bring workloads back without it");
            acquisition.outlastHolder(turn);
            return new WatchedLock(lock, timing, acquisition.abandoned(), e);
        }
    }

    @Override
    public void onLoss(Runnable action) {
        synchronized (this) {
            onLoss = action;
        }
        if (isLost()) {
            action.run();
        }
    }

    @Override
    public Optional<String> loss() {
        return loss;
    }

    @Override
    public Optional<Diagnostic> shortcoming() {
        return Optional.empty();
    }

    @Override
    public boolean isOpen(Duration needed) {
        return loss.isEmpty() && (closed || left().compareTo(needed) > 0);
    }

    /** For how long it is still known to be ours. */
    private Duration left() {
        return duration.minus(timing.since(sentAt));
    }

    @Override
    public boolean await(Duration needed, Duration patience) {
        long begun = timing.now();
        boolean waited = false;
        while (!isOpen(needed)) {
            refuseLost();
            renewUnlessSomebodyDoes();
            refuseLost();
            if (isOpen(needed)) {
                return waited;
            }
            waited = true;
            if (timing.since(begun).compareTo(patience) >= 0 || !paused()) {
                throw unconfirmed(timing.since(begun));
            }
        }
        return waited;
    }

    private void refuseLost() {
        loss.ifPresent(why -> {
            throw lost(why);
        });
    }

    /** False where this thread was interrupted. */
    private boolean paused() {
        try {
            timing.pause().sleep(RETRY);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void renewWhenDue() {
        if (timing.since(sentAt).compareTo(duration.dividedBy(3)) >= 0) {
            renewUnlessSomebodyDoes();
        }
    }

    private void renewUnlessSomebodyDoes() {
        if (!renewing.tryLock()) {
            return;
        }
        try {
            if (!isLost() && !closed) {
                renew();
            }
        } finally {
            renewing.unlock();
        }
    }

    private void renew() {
        try {
            confirm();
            if (silent && !isLost()) {
                silent = false;
                notes.accept("the lock is renewed: no other process took it meanwhile, the run goes on");
            }
        } catch (VersionConflict | RuntimeException e) {
            failed(e.getMessage());
        }
    }

    private void failed(String why) {
        LOG.debug("the lock could not be renewed, trying again: {}", why);
        lastFailure = why;
        if (!silent && left().isNegative()) {
            silent = true;
            notes.accept("the lock could not be renewed for " + duration.toSeconds()
                    + " s: nothing more is changed until it is known to be ours (" + why + ")");
        }
    }

    /** A changed version does not prove that the lock is lost: another process may have annotated the object. */
    private void confirm() throws VersionConflict {
        try {
            write(lease);
        } catch (VersionConflict moved) {
            Optional<Lease> there = lock.read();
            if (there.filter(lease::isSameTurnAs).isEmpty()) {
                lose(there.map(Lease::holder)
                        .filter(holder -> !holder.isEmpty())
                        .map(holder -> holder + " took it")
                        .orElse("it was removed"));
                return;
            }
            write(lease.at(there.get().version()));
        }
    }

    private void write(Lease from) throws VersionConflict {
        long sent = timing.now();
        lease = lock.write(from.renewed(timing.clock().instant().truncatedTo(ChronoUnit.MILLIS)));
        sentAt = sent;
    }

    private void lose(String why) {
        loss = Optional.of(why);
        LOG.error("the lock is lost: {}", why);
        Runnable action;
        synchronized (this) {
            action = onLoss;
        }
        action.run();
    }

    private static ChartreuseException lost(String why) {
        return new ChartreuseException(lostBecause(why));
    }

    /** The error for a lock that this process has lost. */
    public static Diagnostic lostBecause(String why) {
        return Diagnostic.error(
                LockError.LOST,
                "the lock is lost (" + why + "): this process changes nothing more",
                "Look at `chartreuse status`, then apply the same plan again: the run is resumed.");
    }

    private ChartreuseException unconfirmed(Duration waited) {
        return new ChartreuseException(Diagnostic.error(
                LockError.UNCONFIRMED,
                "the lock could not be renewed for " + waited.toSeconds()
                        + " s, so it is not known whether it is still ours"
                        + (lastFailure.isEmpty() ? "" : ": " + lastFailure),
                "Fix what keeps the lock from being renewed, then run the command again."));
    }

    /** Gives the lock back. One that is lost, or that cannot be given back now, is left to lapse. */
    @Override
    public void close() {
        renewal.shutdownNow();
        renewing.lock();
        try {
            if (!isLost() && !closed) {
                closed = true;
                release();
            }
        } finally {
            renewing.unlock();
        }
    }

    private void release() {
        try {
            lock.delete(lease);
        } catch (VersionConflict moved) {
            releaseTouched();
        } catch (ChartreuseException e) {
            LOG.warn(
                    "the lock could not be given back; the next run waits {} s for it: {}",
                    duration.toSeconds(),
                    e.getMessage());
        }
    }

    private void releaseTouched() {
        try {
            Optional<Lease> there = lock.read().filter(lease::isSameTurnAs);
            if (there.isPresent()) {
                lock.delete(there.get());
            }
        } catch (VersionConflict | ChartreuseException e) {
            LOG.debug("the lock was no longer ours when it was given back");
        }
    }
}
