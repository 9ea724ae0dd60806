package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Objects;
import java.util.Optional;

/** Says what is to be gone of a stopped Deployment. */
final class DeploymentDrain {

    private final LiveObjects<Deployment> deployments;
    private final LiveObjects<ReplicaSet> replicaSets;

    DeploymentDrain(Cluster cluster) {
        this.deployments = new LiveObjects<>(cluster, Deployment.class);
        this.replicaSets = new LiveObjects<>(cluster, ReplicaSet.class);
    }

    /** @param stopped the Deployment as it was after its replicas were set to 0 */
    Drained of(Deployment stopped) {
        var selector = stopped.getSpec().getSelector();
        PodOwnership ownership = new PodOwnership(stopped, () -> replicaSets.list(selector));
        return new Drained(
                "deployment",
                stopped.getMetadata().getName(),
                pod -> LabelMatch.matches(selector, pod),
                (Pod pod) -> LabelMatch.matches(selector, pod) && ownership.owns(pod),
                () -> settled(stopped));
    }

    private boolean settled(Deployment stopped) {
        String name = stopped.getMetadata().getName();
        Optional<Deployment> live = deployments.list().stream()
                .filter(deployment -> deployment.getMetadata().getName().equals(name))
                .findFirst();
        live.filter(found -> !found.getMetadata()
                        .getUid()
                        .equals(stopped.getMetadata().getUid()))
                .ifPresent(other -> {
                    throw replaced(name);
                });
        return live.map(found -> settled(stopped, found)).orElse(true);
    }

    /** Whether the Deployment's controller has seen the 0. */
    private static boolean settled(Deployment stopped, Deployment live) {
        long generation = Objects.requireNonNullElse(stopped.getMetadata().getGeneration(), 0L);
        var status = live.getStatus();
        long seen = status == null ? 0 : Objects.requireNonNullElse(status.getObservedGeneration(), 0L);
        int replicas = status == null ? 0 : Objects.requireNonNullElse(status.getReplicas(), 0);
        return seen >= generation && replicas == 0;
    }

    private static ChartreuseException replaced(String name) {
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.WORKLOAD_REPLACED,
                "deployment \"" + name + "\" was deleted and created anew while its pods were ending",
                "make a new plan"));
    }
}
