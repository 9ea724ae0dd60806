package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Pod;

/** The one watch of the namespace's pods, for all that wait for some to go or to come; begun when the first of them waits. */
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
