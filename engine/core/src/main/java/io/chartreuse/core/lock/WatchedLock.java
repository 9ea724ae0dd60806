package io.chartreuse.core.lock;

import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that no process held and that could not be taken, for a run that only brings workloads back: such a run needs
 * no new object. Before its writes the run checks whether another one has taken the lock since, and then ends as if it
 * had lost it.
 */
public final class WatchedLock implements RunLock {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedLock.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Lock lock;
    private final LockClock timing;
    private final Optional<Lease> abandoned;
    private final Diagnostic why;
    private volatile Optional<String> loss = Optional.empty();
    private Runnable onLoss = () -> {};
    private long lastLook;

    /** @param abandoned the lease of a dead holder; empty if no lease is stored */
    WatchedLock(Lock lock, LockClock timing, Optional<Lease> abandoned, ChartreuseException why) {
        this.lock = lock;
        this.timing = timing;
        this.abandoned = abandoned;
        this.why = why.diagnostics().get(0);
        this.lastLook = timing.now();
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
    public boolean isOpen(Duration needed) {
        return !isLost();
    }

    @Override
    public boolean await(Duration needed, Duration patience) {
        look();
        loss.ifPresent(holder -> {
            throw new ChartreuseException(HeldLock.lostBecause(holder));
        });
        return false;
    }

    /** One thread looks for all. */
    private synchronized void look() {
        if (isLost() || timing.since(lastLook).compareTo(BETWEEN_LOOKS) < 0) {
            return;
        }
        lastLook = timing.now();
        try {
            lock.read()
                    .filter(lease -> !lease.holder().isEmpty())
                    .filter(lease -> !isAbandoned(lease))
                    .ifPresent(lease -> lose(lease.holder() + " took it"));
        } catch (ChartreuseException e) {
            LOG.debug("it cannot be seen who holds the lock", e);
        }
    }

    /** Whether it is that of the dead holder, and still not renewed. */
    private boolean isAbandoned(Lease lease) {
        return abandoned
                .filter(lease::isSameTurnAs)
                .filter(known -> known.renewedAt().equals(lease.renewedAt()))
                .isPresent();
    }

    private void lose(String holder) {
        loss = Optional.of(holder);
        LOG.error("the lock is lost: {}", holder);
        onLoss.run();
    }

    @Override
    public Optional<Diagnostic> shortcoming() {
        return Optional.of(Diagnostic.warning(
                LockError.UNAVAILABLE,
                "what was stopped was brought back without the lock, which could not be taken: " + why.summary() + " ["
                        + why.code().code() + "]",
                why.remedy()));
    }

    @Override
    public void close() {
        // nothing is held
    }
}
