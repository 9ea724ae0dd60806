package io.chartreuse.provider.postgres.pause;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The pause between attempts: it doubles with each attempt up to a limit, and a random part of up to half is taken off,
 * so that several processes do not retry at the same time.
 *
 * @param first   before the second attempt, at the longest
 * @param longest before any
 * @param chance  between 0 and 1
 */
public record Backoff(Duration first, Duration longest, DoubleSupplier chance) {

    private static final Duration SHORTEST = Duration.ofMillis(50);

    /**
     * The pause before the next attempt.
     *
     * @param attempts that were made, from 1
     */
    public Duration after(int attempts) {
        long begin = Math.max(SHORTEST.toMillis(), first().toMillis());
        long whole = Math.min(longest().toMillis(), begin << Math.min(attempts - 1, 20));
        return Duration.ofMillis(Math.round(whole * (0.5 + chance.getAsDouble() / 2)));
    }
}
