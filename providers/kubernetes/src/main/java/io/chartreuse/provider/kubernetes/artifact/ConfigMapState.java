package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.backend.VersionConflict;
import java.util.Optional;

/** The state of the release in one ConfigMap (and its parts), replaced by each run. */
public final class ConfigMapState implements StateStore {

    private final ConfigMapJournal artifacts;

    public ConfigMapState(Cluster cluster, String release) {
        this.artifacts = new ConfigMapJournal(cluster, ArtifactKind.STATE, release);
    }

    @Override
    public Optional<Artifact> read() {
        return artifacts.find(CURRENT);
    }

    @Override
    public Artifact write(Artifact state) throws VersionConflict {
        return artifacts.write(state);
    }
}
