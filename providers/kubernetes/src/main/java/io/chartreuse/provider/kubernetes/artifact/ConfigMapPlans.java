package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.PlanStore;
import io.chartreuse.spi.backend.StoredPlan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Plans as immutable ConfigMaps. */
public final class ConfigMapPlans implements PlanStore {

    private final ArtifactKind kind;
    private final ConfigMapStore store;
    private final ArtifactReader reader;
    private final PartWriter parts;
    private final ArtifactRemoval removal;

    public ConfigMapPlans(Cluster cluster, String release) {
        this(cluster, ArtifactKind.PLAN, release);
    }

    /** Also stores other artifacts that never change. */
    ConfigMapPlans(Cluster cluster, ArtifactKind kind, String release) {
        this.kind = kind;
        this.store = new ConfigMapStore(cluster);
        this.reader = new ArtifactReader(store, kind, release);
        this.parts = new PartWriter(store);
        this.removal = new ArtifactRemoval(store, kind, release);
    }

    @Override
    public void save(Artifact plan) {
        ArtifactConfigMap objects = ArtifactConfigMap.of(kind, plan);
        parts.write(objects.parts());
        if (store.create(objects.index()).isEmpty()) {
            Optional<Artifact> there = reader.find(plan.id());
            if (there.filter(found -> found.content().equals(plan.content())).isEmpty()) {
                throw ArtifactFailures.conflicting(
                        plan.id(), objects.index().getMetadata().getName(), store.namespace());
            }
        }
    }

    @Override
    public Optional<Artifact> find(String id) {
        return reader.find(id);
    }

    @Override
    public List<StoredPlan> list() {
        return reader.list(StoredPlan::of).stream()
                .sorted(Comparator.comparing(StoredPlan::createdAt).thenComparing(StoredPlan::id))
                .toList();
    }

    /** With their contents. */
    List<Artifact> artifacts() {
        return reader.list();
    }

    @Override
    public void delete(String id) {
        removal.of(id);
    }
}
