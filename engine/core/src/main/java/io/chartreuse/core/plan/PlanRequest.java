package io.chartreuse.core.plan;

import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All that a plan holds beside its changes. */
public record PlanRequest(
        Release release,
        Strategy strategy,
        OnFailure onFailure,
        String configurationDigest,
        List<String> providers,
        String chartreuseVersion,
        Instant createdAt,
        Optional<Basis> basis) {
    public PlanRequest {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(onFailure, "onFailure");
        Objects.requireNonNull(configurationDigest, "configurationDigest");
        providers = List.copyOf(providers);
        Objects.requireNonNull(chartreuseVersion, "chartreuseVersion");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(basis, "basis");
    }

    /** Of a plan that is made from the world as it stands. */
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
                providers,
                chartreuseVersion,
                createdAt,
                Optional.empty());
    }
}
