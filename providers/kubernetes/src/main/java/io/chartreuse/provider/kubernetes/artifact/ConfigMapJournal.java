package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.backend.VersionConflict;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs as ConfigMaps that are replaced as the run goes on, each from the version that was read or written last. */
public final class ConfigMapJournal implements Journal {

    private final ArtifactKind kind;
    private final ConfigMapStore store;
    private final ArtifactReader reader;
    private final PartWriter parts;
    private final ArtifactRemoval removal;
    private volatile Optional<ConfigMap> last = Optional.empty();

    public ConfigMapJournal(Cluster cluster, String release) {
        this(cluster, ArtifactKind.RUN, release);
    }

    /** Also stores other artifacts that are replaced like runs. */
    ConfigMapJournal(Cluster cluster, ArtifactKind kind, String release) {
        this.kind = kind;
        this.store = new ConfigMapStore(cluster);
        this.reader = new ArtifactReader(store, kind, release);
        this.parts = new PartWriter(store);
        this.removal = new ArtifactRemoval(store, ArtifactKind.RUN, release);
    }

    @Override
    public Artifact write(Artifact run) throws VersionConflict {
        ArtifactConfigMap objects = ArtifactConfigMap.of(kind, run);
        String name = objects.index().getMetadata().getName();
        parts.write(objects.parts());
        Optional<ConfigMap> written;
        if (run.version().isEmpty()) {
            written = store.create(objects.index());
        } else {
            Set<String> obsolete = new LinkedHashSet<>(partsOf(name, run.version()));
            written = store.replace(objects.index(), run.version());
            obsolete.removeAll(ArtifactConfigMap.partNames(objects.index()));
            if (written.isPresent()) {
                parts.delete(obsolete);
            }
        }
        last = written;
        return written.map(reader::read).or(() -> alreadyThere(run)).orElseThrow(() -> new VersionConflict(name));
    }

    @Override
    public Optional<Artifact> find(String id) {
        return reader.find(id);
    }

    @Override
    public List<Artifact> list() {
        return reader.list();
    }

    @Override
    public void delete(String id) {
        removal.of(id);
    }

    /**
     * The names of the stored parts. Remembers what this process wrote last, because a run is rewritten every few
     * steps.
     */
    private List<String> partsOf(String name, String version) {
        return last.filter(known -> known.getMetadata().getName().equals(name)
                        && known.getMetadata().getResourceVersion().equals(version))
                .or(() -> store.find(name))
                .map(ArtifactConfigMap::partNames)
                .orElse(List.of());
    }

    /** The stored run where this process itself wrote it: the client repeats a request whose answer was lost. */
    private Optional<Artifact> alreadyThere(Artifact run) {
        return reader.find(run.id()).filter(found -> found.content().equals(run.content()));
    }
}
