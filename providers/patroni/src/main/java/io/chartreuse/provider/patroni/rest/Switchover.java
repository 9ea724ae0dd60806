package io.chartreuse.provider.patroni.rest;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A scheduled switchover.
 *
 * @param at when; empty where the time cannot be read
 */
public record Switchover(Optional<Instant> at) {
    public Switchover {
        Objects.requireNonNull(at, "at");
    }
}
