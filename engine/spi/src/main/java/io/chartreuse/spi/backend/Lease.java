package io.chartreuse.spi.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Who holds a release, and until when.
 *
 * @param holder      run and process, for people: {@code run-… on shop-migrate-x7f (pid 7)}; empty if no process holds
 *                    it
 * @param acquiredAt  when the holder took it
 * @param renewedAt   when the holder last renewed it, by the holder's clock
 * @param duration    how long it holds after it was renewed; whole seconds, at most {@link #LONGEST}
 * @param version     the backend's mark for optimistic concurrency; empty for a lease not yet written
 * @param transitions how often it has changed hands since it was created
 */
public record Lease(
        String holder, Instant acquiredAt, Instant renewedAt, Duration duration, String version, int transitions) {

    /** The longest duration. No run writes a longer one; a longer value is cut to this, so that no run waits longer. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    public Lease {
        duration = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(acquiredAt, "acquiredAt");
        Objects.requireNonNull(renewedAt, "renewedAt");
        Objects.requireNonNull(version, "version");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a lease must last: " + duration);
        }
        if (transitions < 0) {
            throw new IllegalArgumentException("transitions are counted from 0: " + transitions);
        }
    }

    /** Of a first holder. */
    public Lease(String holder, Instant acquiredAt, Instant renewedAt, Duration duration, String version) {
        this(holder, acquiredAt, renewedAt, duration, version, 0);
    }

    /** When it lapses unless it is renewed, by its holder's clock: for people, never to decide by. */
    public Instant expiresAt() {
        return renewedAt.isAfter(Instant.MAX.minus(duration)) ? Instant.MAX : renewedAt.plus(duration);
    }

    /** The same, renewed. */
    public Lease renewed(Instant now) {
        return new Lease(holder, acquiredAt, now, duration, version, transitions);
    }

    /** The same as the backend has it now. */
    public Lease at(String newVersion) {
        return new Lease(holder, acquiredAt, renewedAt, duration, newVersion, transitions);
    }

    /** Whether it was not taken or given back between the two, however often it was renewed or touched. */
    public boolean isSameTurnAs(Lease other) {
        return holder.equals(other.holder) && acquiredAt.equals(other.acquiredAt) && transitions == other.transitions;
    }
}
