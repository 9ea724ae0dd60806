package io.chartreuse.provider.kubernetes.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.text.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How to reach the cluster, as far as the configuration says so.
 *
 * @param namespace      where the release lives; empty: what the kubeconfig's context or the pod says
 * @param context        of the kubeconfig; empty: its current one
 * @param kubeconfig     the file; empty: as kubectl finds it, else the pod's service account
 * @param requestTimeout how long one try of a request may take
 * @param retryBudget    how long a request that fails for a passing reason is tried again
 * @param environment    where {@code KUBECONFIG}, {@code HOME} and {@code KUBERNETES_SERVICE_HOST} are looked up
 * @param withheld       environment variables that hold secrets, and that no plug-in of a kubeconfig is given
 */
public record ClusterSettings(
        Optional<String> namespace,
        Optional<String> context,
        Optional<Path> kubeconfig,
        Duration requestTimeout,
        Duration retryBudget,
        Map<String, String> environment,
        Set<String> withheld) {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_BUDGET = Duration.ofSeconds(60);

    public ClusterSettings {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(kubeconfig, "kubeconfig");
        environment = Map.copyOf(environment);
        withheld = Set.copyOf(withheld);
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("a request needs some time: " + requestTimeout);
        }
        if (retryBudget.isNegative() || retryBudget.isZero()) {
            throw new IllegalArgumentException("the first try needs some time, too: " + retryBudget);
        }
    }

    /** The settings of the configuration's {@code kubernetes} section, which may be an empty object. */
    public static ClusterSettings of(JsonNode section, Context context) {
        return new ClusterSettings(
                text(section, "namespace").or(context::namespace),
                text(section, "context"),
                text(section, "kubeconfig").map(path -> context.directory().resolve(path)),
                text(section, "requestTimeout").map(DurationText::parse).orElse(REQUEST_TIMEOUT),
                text(section, "retryBudget").map(DurationText::parse).orElse(RETRY_BUDGET),
                context.environment(),
                context.secrets().variables());
    }

    private static Optional<String> text(JsonNode section, String name) {
        return Optional.ofNullable(section.get(name)).map(JsonNode::asText);
    }
}
