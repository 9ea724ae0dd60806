package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the API server for the plural name of a kind in its URLs. Every authenticated user may ask this. */
final class KindLookup {

    private final Cluster cluster;
    private final Map<String, Optional<APIResourceList>> versions = new ConcurrentHashMap<>();

    KindLookup(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The kind that a rule names; where the server does not know it, with the usual plural. */
    WorkloadKind kindOf(SelectionRule rule) {
        return rule.builtIn().or(() -> plural(rule).map(rule::kind)).orElseGet(rule::usualKind);
    }

    private Optional<String> plural(SelectionRule rule) {
        return versions.computeIfAbsent(rule.apiVersion(), cluster::resources).stream()
                .flatMap(list -> list.getResources().stream())
                .filter(resource -> resource.getKind().equals(rule.kind())
                        && !resource.getName().contains("/"))
                .map(APIResource::getName)
                .findFirst();
    }
}
