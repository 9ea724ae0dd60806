package io.chartreuse.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Who holds a release, and until when.
 *
 * @param holder     run and process, for people: {@code run-… on shop-migrate-x7f (pid 7)}
 * @param acquiredAt when the holder took it
 * @param renewedAt  when the holder last said that it lives
 * @param duration   how long it holds after {@code renewedAt}; whole seconds
 * @param version    the backend's mark for optimistic concurrency; empty for a lease not yet written
 */
public record Lease(String holder, Instant acquiredAt, Instant renewedAt, Duration duration, String version) {
    public Lease {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(acquiredAt, "acquiredAt");
        Objects.requireNonNull(renewedAt, "renewedAt");
        Objects.requireNonNull(version, "version");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a lease must last: " + duration);
        }
    }

    /** When it lapses unless it is renewed. */
    public Instant expiresAt() {
        return renewedAt.plus(duration);
    }
}
