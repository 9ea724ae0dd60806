package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.backend.ApprovalStore;
import io.chartreuse.spi.backend.Artifact;
import java.util.List;

/** Approvals as immutable ConfigMaps beside the plans. */
public final class ConfigMapApprovals implements ApprovalStore {

    private final ConfigMapPlans artifacts;

    public ConfigMapApprovals(Cluster cluster, String release) {
        this.artifacts = new ConfigMapPlans(cluster, ArtifactKind.APPROVAL, release);
    }

    @Override
    public void save(Artifact approval) {
        artifacts.save(approval);
    }

    @Override
    public List<Artifact> list() {
        return artifacts.artifacts();
    }

    @Override
    public void delete(String id) {
        artifacts.delete(id);
    }
}
