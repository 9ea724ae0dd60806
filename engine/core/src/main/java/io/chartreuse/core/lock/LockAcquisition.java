package io.chartreuse.core.lock;

import io.chartreuse.core.json.Shown;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Lease;
import io.chartreuse.spi.Lock;
import io.chartreuse.spi.VersionConflict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits for a lease. A holder that renews is alive: it is waited for as long as the request says, then named in an
 * error. A lease that nobody renews is taken over when it has stood unchanged for its whole duration before our own
 * eyes, so that clocks which differ between machines do not matter; or at once, when it lapsed so long ago that no
 * difference of clocks explains it.
 */
final class LockAcquisition {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration TELL = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Lock lock;
    private final LockRequest request;
    private final Clock clock;
    private final Consumer<String> notes;
    private final Instant giveUp;
    private Optional<Lease> seen = Optional.empty();
    private Instant seenSince;
    private Instant told;
    private boolean holderLives;

    LockAcquisition(Lock lock, LockRequest request, Clock clock, Consumer<String> notes) {
        this.lock = lock;
        this.request = request;
        this.clock = clock;
        this.notes = notes;
        this.giveUp = clock.instant().plus(request.patience());
        this.told = clock.instant();
    }

    Lease acquire(Pause pause) throws InterruptedException {
        while (true) {
            Optional<Lease> current = lock.read();
            current.ifPresent(this::observe);
            if (current.isEmpty() || lapsed(current.get())) {
                Optional<Lease> taken = take(current);
                if (taken.isPresent()) {
                    return taken.get();
                }
            } else if ((holderLives || outlasts(current.get()))
                    && !clock.instant().isBefore(giveUp)) {
                throw held(current.get());
            } else {
                tell(current.get());
            }
            pause.sleep(INTERVAL);
        }
    }

    private void observe(Lease lease) {
        if (seen.map(Lease::version).filter(lease.version()::equals).isPresent()) {
            return;
        }
        if (seen.isEmpty()) {
            notes.accept("the lock is held by " + lease.holder() + "; watching whether it is alive");
        } else {
            holderLives = true;
        }
        seen = Optional.of(lease);
        seenSince = clock.instant();
    }

    /** Long waits are shown: every few seconds, how long the holder has been silent, or how long we still wait for it. */
    private void tell(Lease lease) {
        Instant now = clock.instant();
        if (now.isBefore(told.plus(TELL))) {
            return;
        }
        told = now;
        notes.accept(
                holderLives
                        ? lease.holder() + " is alive; waiting for it, at most until "
                                + giveUp.truncatedTo(ChronoUnit.SECONDS)
                        : lease.holder() + " has not renewed the lock for "
                                + Duration.between(seenSince, now).toSeconds() + " of "
                                + lease.duration().toSeconds() + " s");
    }

    /** No process of ours holds so long without a word: whoever wrote it, waiting for its end makes no sense. */
    private static boolean outlasts(Lease lease) {
        return lease.duration().compareTo(LONGEST) > 0;
    }

    private boolean lapsed(Lease lease) {
        Instant now = clock.instant();
        boolean unchanged = !now.isBefore(seenSince.plus(lease.duration()));
        boolean longAgo = !now.isBefore(lease.expiresAt().plus(lease.duration()));
        return unchanged || longAgo;
    }

    /** Empty where another process was faster. */
    private Optional<Lease> take(Optional<Lease> current) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String version = current.map(Lease::version).orElse("");
        try {
            Lease ours = lock.write(new Lease(request.holder(), now, now, request.duration(), version));
            current.ifPresent(dead -> notes.accept("took over the lock of " + dead.holder() + ", which lapsed"));
            return Optional.of(ours);
        } catch (VersionConflict faster) {
            return Optional.empty();
        }
    }

    private static ChartreuseException held(Lease lease) {
        return new ChartreuseException(Diagnostic.error(
                LockError.HELD,
                "another run holds the lock: " + Shown.plain(lease.holder()) + ", since " + lease.acquiredAt(),
                "Wait for it (`--lock-timeout 10m`), look at it with `chartreuse status`; if it hangs, stop its process. "
                        + "`chartreuse unlock` is for a holder that you know is dead."));
    }
}
