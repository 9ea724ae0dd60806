package io.chartreuse.provider.patroni.rest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of asking for the dynamic configuration.
 *
 * @param problems  why endpoints that were asked before did not tell
 * @param forbidden whether one of those refuses this client or user (401, 403), which no waiting mends
 */
public record ConfigReply(Optional<DynamicConfig> config, List<String> problems, boolean forbidden) {
    public ConfigReply {
        Objects.requireNonNull(config, "config");
        problems = List.copyOf(problems);
    }
}
