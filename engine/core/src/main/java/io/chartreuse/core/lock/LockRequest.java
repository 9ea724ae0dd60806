package io.chartreuse.core.lock;

import java.time.Duration;
import java.util.Objects;

/**
 * How to take a lock.
 *
 * @param holder   who asks, for people
 * @param duration how long the lease holds without renewal; it is renewed three times as often
 * @param patience    how long to wait for a holder that is alive; a dead one is waited out in any case
 */
public record LockRequest(String holder, Duration duration, Duration patience) {

    /** How long a lease lasts by default. */
    public static final Duration DEFAULT_DURATION = Duration.ofSeconds(30);

    public LockRequest {
        Objects.requireNonNull(holder, "holder");
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a lease must last a second at least: " + duration);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience cannot be negative: " + patience);
        }
    }
}
