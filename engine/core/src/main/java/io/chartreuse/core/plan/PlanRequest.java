package io.chartreuse.core.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a plan holds beside its changes.
 *
 * @param settings a short digest of each setting of the configuration, as a tree; empty: unknown
 * @param basis    what it is made from, if not from the current resources
 * @param identity what identifies the plan's cluster among others that use the same names: {@code cluster} → a uid
 */
public record PlanRequest(
        Release release,
        Strategy strategy,
        OnFailure onFailure,
        String configurationDigest,
        ObjectNode settings,
        List<String> providers,
        String chartreuseVersion,
        Instant createdAt,
        Optional<PlanBasis> basis,
        SortedMap<String, String> identity) {
    public PlanRequest {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(onFailure, "onFailure");
        Objects.requireNonNull(configurationDigest, "configurationDigest");
        settings = settings.deepCopy();
        providers = List.copyOf(providers);
        Objects.requireNonNull(chartreuseVersion, "chartreuseVersion");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(basis, "basis");
        identity = new TreeMap<>(identity);
    }

    /** For a plan that is made from the current resources, in a cluster that cannot be identified. */
    public PlanRequest(
            Release release,
            Strategy strategy,
            OnFailure onFailure,
            String configurationDigest,
            List<String> providers,
            String chartreuseVersion,
            Instant createdAt) {
        this(
                release,
                strategy,
                onFailure,
                configurationDigest,
                Json.object(),
                providers,
                chartreuseVersion,
                createdAt,
                Optional.empty(),
                new TreeMap<>());
    }
}
