package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * Which release a workload belongs to, from its annotations and labels. Helm's annotation takes precedence: Helm writes
 * it on each object that it deploys, while charts choose their labels. Pure.
 */
final class OwningRelease {

    private static final String HELM = "meta.helm.sh/release-name";
    private static final List<String> LABELS = List.of("app.kubernetes.io/instance", "release");

    private OwningRelease() {}

    /** The other release that the workload names; empty where it names this release, or none. */
    static Optional<String> otherThan(String release, HasMetadata live) {
        Optional<String> deployed = Annotations.read(live, HELM);
        List<String> named = deployed.map(List::of)
                .orElseGet(() -> LABELS.stream()
                        .flatMap(label -> Annotations.label(live, label).stream())
                        .toList());
        return named.contains(release) ? Optional.empty() : named.stream().findFirst();
    }
}
