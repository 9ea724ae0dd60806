package io.chartreuse.provider.kubernetes.announce;

import io.chartreuse.provider.kubernetes.artifact.RunObject;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.InFlightGroup;
import io.chartreuse.spi.backend.Announcement;
import io.chartreuse.spi.backend.Announcer;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports a run's progress as Events on its ConfigMap: {@code kubectl describe configmap chartreuse-run-…} shows them.
 */
public final class RunEvents implements Announcer, AutoCloseable {

    private final Cluster cluster;
    private final String release;
    private final EventWriter events;
    private final Map<String, ObjectReference> references = new ConcurrentHashMap<>();

    public RunEvents(Cluster cluster, Clock clock, String release) {
        this.cluster = cluster;
        this.release = release;
        this.events = new EventWriter(cluster, clock, new InFlightGroup());
    }

    @Override
    public void announce(Announcement announcement) {
        events.write(
                () -> references.computeIfAbsent(announcement.runId(), this::reference),
                announcement.reason(),
                announcement.message(),
                announcement.problem());
    }

    /** Tools find the events of an object by its uid. */
    private ObjectReference reference(String runId) {
        RunObject object = RunObject.of(cluster, release, runId);
        return new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withNamespace(cluster.namespace())
                .withName(object.name())
                .withUid(object.uid())
                .build();
    }

    @Override
    public void close() {
        events.close();
    }
}
