package io.chartreuse.core.lock;

import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Instant;
import java.util.Optional;

/** Checks by the lock whether a run could begin. Pure. */
public final class LockCheck {

    private static final String SUBJECT = "lock";

    private LockCheck() {}

    /** @param lease as just read; empty if no process holds it */
    public static Check of(Optional<Lease> lease, Instant now) {
        return lease.map(held -> now.isBefore(held.expiresAt()) ? alive(held) : lapsed(held))
                .orElseGet(() -> Check.good(SUBJECT, "free"));
    }

    private static Check alive(Lease lease) {
        Diagnostic wait = Diagnostic.warning(
                LockError.HELD,
                "the lock is held by " + lease.holder() + ", since " + lease.acquiredAt() + "; it was renewed at "
                        + lease.renewedAt(),
                "A run is under way: wait for it, or look at it with `chartreuse status`.");
        return Check.bad(SUBJECT, "held by " + lease.holder(), wait);
    }

    private static Check lapsed(Lease lease) {
        Diagnostic left = Diagnostic.warning(
                LockError.LAPSED,
                "the lock was left behind by " + lease.holder() + ", which renewed it at " + lease.renewedAt()
                        + " for the last time",
                "Run `chartreuse apply`, which takes it over and ends what was begun.");
        return Check.bad(SUBJECT, "left behind by " + lease.holder(), left);
    }
}
