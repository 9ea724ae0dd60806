package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Pod;

/** The one watch of the namespace's pods, for all threads that wait for pods; starts with the first of them. */
public final class PodWatch {

    private final Watched<Pod> watched;

    public PodWatch(Cluster cluster) {
        this.watched = new Watched<>(cluster, Pod.class);
        cluster.closing(watched::close);
    }

    Watched<Pod> watched() {
        return watched;
    }
}
