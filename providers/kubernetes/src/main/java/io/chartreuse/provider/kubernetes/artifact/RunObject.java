package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.provider.kubernetes.cluster.Cluster;

/**
 * Which live object holds a run's record, to point at it.
 *
 * @param name of the ConfigMap
 * @param uid  of the ConfigMap
 */
public record RunObject(String name, String uid) {

    /**
     * Looks it up.
     *
     * @throws IllegalStateException where the run is not on record
     */
    public static RunObject of(Cluster cluster, String release, String runId) {
        return new ConfigMapStore(cluster)
                .find(ArtifactNames.configMap(ArtifactKind.RUN, release, runId))
                .map(object -> new RunObject(
                        object.getMetadata().getName(), object.getMetadata().getUid()))
                .orElseThrow(() -> new IllegalStateException("no record of run " + runId));
    }
}
