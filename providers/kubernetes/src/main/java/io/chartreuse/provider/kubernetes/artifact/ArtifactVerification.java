package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.backend.ArtifactInspection;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.List;

/** Reads each artifact of a release and reports those that differ from what was stored. */
public final class ArtifactVerification implements ArtifactInspection {

    private final ConfigMapStore store;
    private final String release;

    public ArtifactVerification(Cluster cluster, String release) {
        this.store = new ConfigMapStore(cluster);
        this.release = release;
    }

    @Override
    public List<Diagnostic> unsound() {
        List<Diagnostic> problems = new ArrayList<>();
        for (ArtifactKind kind : ArtifactKind.values()) {
            ArtifactReader reader = new ArtifactReader(store, kind, release);
            store.each(ArtifactLabels.selector(kind, release), index -> read(reader, index, problems));
        }
        return problems;
    }

    private static void read(ArtifactReader reader, ConfigMap index, List<Diagnostic> problems) {
        try {
            reader.read(index);
        } catch (ChartreuseException e) {
            problems.addAll(e.diagnostics());
        }
    }
}
