package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads Deployments with their autoscalers, one or many. */
public final class Workloads {

    private final LiveObjects<Deployment> deployments;
    private final LiveObjects<HorizontalPodAutoscaler> autoscalers;

    public Workloads(Cluster cluster) {
        this.deployments = new LiveObjects<>(cluster, Deployment.class);
        this.autoscalers = new LiveObjects<>(cluster, HorizontalPodAutoscaler.class);
    }

    LiveObjects<Deployment> deployments() {
        return deployments;
    }

    LiveObjects<HorizontalPodAutoscaler> autoscalers() {
        return autoscalers;
    }

    /** Those of these names that exist, by name; two requests, however many they are, and none for no names. */
    public Map<String, Workload> read(Collection<String> names) {
        Map<String, Workload> found = new TreeMap<>();
        if (names.isEmpty()) {
            return found;
        }
        List<HorizontalPodAutoscaler> scalers = autoscalers.list();
        deployments.list().stream()
                .filter(live -> names.contains(live.getMetadata().getName()))
                .map(live -> Workload.of(live, of(live, scalers)))
                .forEach(workload -> found.put(workload.name(), workload));
        return found;
    }

    /** The one of that name as it is now; empty where it does not exist. */
    public Optional<Workload> read(String name) {
        return deployments.find(name).map(live -> Workload.of(live, of(live, autoscalers.list())));
    }

    private static Optional<Autoscaler> of(Deployment live, List<HorizontalPodAutoscaler> scalers) {
        return scalers.stream()
                .filter(scaler -> Autoscaler.targets(scaler, live.getMetadata().getName()))
                .map(Autoscaler::of)
                .min(Comparator.comparing(Autoscaler::name));
    }
}
