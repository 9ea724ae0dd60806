package io.chartreuse.core.lock;

import io.chartreuse.core.json.SafeText;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits for a lease. A holder that renews is alive: it is waited for as long as the request says, then named in an
 * error. A lease that stands unchanged for its whole duration before our own eyes is taken over: how old it says it is
 * does not matter, for clocks of two machines differ. What passes while the lease cannot be read does not count: its
 * holder may have been cut off by the same outage.
 */
final class LeaseAcquisition {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TELL = Duration.ofSeconds(5);

    /**
     * @param lease  ours
     * @param sentAt when the write that took it was sent
     */
    record Taken(Lease lease, long sentAt) {}

    private final Lock lock;
    private final LockRequest request;
    private final LockClock timing;
    private final Consumer<String> notes;
    private final boolean anyway;
    private final long begun;
    private Optional<Lease> seen = Optional.empty();
    private long seenSince;
    private long lastRead;
    private long lastReport;
    private boolean holderLives;

    /** @param anyway whether the run only brings workloads back: it watches a lease to its end, however long that lasts */
    LeaseAcquisition(Lock lock, LockRequest request, LockClock timing, Consumer<String> notes, boolean anyway) {
        this.anyway = anyway;
        this.lock = lock;
        this.request = request;
        this.timing = timing;
        this.notes = notes;
        this.begun = timing.now();
        this.lastReport = begun;
        this.lastRead = begun;
    }

    Taken acquire(Sleeper pause) throws InterruptedException {
        while (true) {
            Optional<Lease> current = lock.read();
            current.ifPresent(this::observe);
            if (current.isEmpty() || isFree(current.get())) {
                Optional<Taken> taken = take(current);
                if (taken.isPresent()) {
                    return taken.get();
                }
            } else if ((holderLives || outlasts(current.get())) && isPatienceOver()) {
                throw held(current.get());
            } else {
                tell(current.get());
            }
            pause.sleep(INTERVAL);
        }
    }

    private boolean isPatienceOver() {
        return timing.since(begun).compareTo(request.patience()) >= 0;
    }

    private void observe(Lease lease) {
        boolean watched = timing.since(lastRead).compareTo(lease.duration().dividedBy(2)) < 0;
        lastRead = timing.now();
        boolean same = seen.map(Lease::version).filter(lease.version()::equals).isPresent();
        if (same && watched) {
            return;
        }
        if (!same && !lease.holder().isEmpty()) {
            first(lease);
        }
        seen = Optional.of(lease);
        seenSince = lastRead;
    }

    private void first(Lease lease) {
        if (seen.isPresent()) {
            holderLives = true;
            return;
        }
        notes.accept("the lock is held by " + lease.holder() + "; watching for "
                + lease.duration().toSeconds() + " s whether it is renewed");
    }

    /** Long waits are shown: every few seconds, how long the holder has been silent, or how long we still wait for it. */
    private void tell(Lease lease) {
        if (timing.since(lastReport).compareTo(TELL) < 0) {
            return;
        }
        lastReport = timing.now();
        notes.accept(
                holderLives
                        ? lease.holder() + " is alive; waiting for it, at most until " + giveUp()
                        : lease.holder() + " has not renewed the lock for "
                                + timing.since(seenSince).toSeconds() + " of "
                                + lease.duration().toSeconds() + " s");
    }

    private Instant giveUp() {
        Duration left = request.patience().minus(timing.since(begun));
        return timing.clock().instant().plus(left).truncatedTo(ChronoUnit.SECONDS);
    }

    /** No run holds a lock for so long without a word: a person has to look at it, unless workloads are to come back. */
    private boolean outlasts(Lease lease) {
        return !anyway && lease.duration().compareTo(Lease.LONGEST) >= 0;
    }

    private boolean isFree(Lease lease) {
        return lease.holder().isEmpty() || timing.since(seenSince).compareTo(lease.duration()) >= 0;
    }

    /** Empty where another process was faster. */
    private Optional<Taken> take(Optional<Lease> current) {
        Instant now = timing.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        String version = current.map(Lease::version).orElse("");
        int transitions =
                current.map(Lease::transitions).map(count -> count + 1).orElse(0);
        long sent = timing.now();
        try {
            Lease ours = lock.write(new Lease(request.holder(), now, now, duration(), version, transitions));
            current.map(Lease::holder)
                    .filter(dead -> !dead.isEmpty())
                    .ifPresent(dead -> notes.accept("took over the lock of " + dead + ", which lapsed"));
            return Optional.of(new Taken(ours, sent));
        } catch (VersionConflict faster) {
            return Optional.empty();
        } catch (ChartreuseException e) {
            throw new UnwritableLease(e);
        }
    }

    /** Waits until a holder that cannot renew the lock changes nothing more. */
    void outlastHolder(Sleeper pause) throws InterruptedException {
        long since = timing.now();
        while (timing.since(since).compareTo(duration()) < 0) {
            pause.sleep(INTERVAL);
        }
    }

    /** The lease of a holder that has not renewed it; empty if no such lease was seen. */
    Optional<Lease> abandoned() {
        return seen;
    }

    /** A lease lasts for several requests, so that there is time for a write beside its renewal. */
    private Duration duration() {
        Duration slow = Duration.ofSeconds(lock.requestTimeout().toSeconds() * 3);
        Duration needed = slow.compareTo(Lease.LONGEST) > 0 ? Lease.LONGEST : slow;
        return needed.compareTo(request.duration()) > 0 ? needed : request.duration();
    }

    private static ChartreuseException held(Lease lease) {
        return new ChartreuseException(Diagnostic.error(
                LockError.HELD,
                "another run holds the lock: " + SafeText.plain(lease.holder()) + ", since " + lease.acquiredAt(),
                "Wait for it (`--lock-timeout 10m`), look at it with `chartreuse status`; if it hangs, stop its process. "
                        + "`chartreuse unlock` is for a holder that you know is dead."));
    }
}
