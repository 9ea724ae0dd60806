package io.chartreuse.provider.patroni.rest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of asking for the dynamic configuration.
 *
 * @param problems  why endpoints that were asked before returned nothing
 * @param forbidden whether one of them refuses this client or user (401, 403), which waiting does not fix
 */
public record ConfigReply(Optional<DynamicConfig> config, List<String> problems, boolean forbidden) {
    public ConfigReply {
        Objects.requireNonNull(config, "config");
        problems = List.copyOf(problems);
    }
}
