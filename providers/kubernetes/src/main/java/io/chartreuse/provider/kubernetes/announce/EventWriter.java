package io.chartreuse.provider.kubernetes.announce;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events one after the other in a thread of its own, so that nobody waits for them: a hundred workloads that stop
 * at once are told of while their pods end. What cannot be written is logged at debug level.
 */
public final class EventWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
    private static final String COMPONENT = "chartreuse";
    private static final int LONGEST_MESSAGE = 1000;
    private static final long SECONDS_TO_END = 5;

    private final Cluster cluster;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread daemon = new Thread(work, "kubernetes-events");
        daemon.setDaemon(true);
        return daemon;
    });

    public EventWriter(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Returns at once. {@code about} is asked when its turn comes, and may make requests. */
    void write(Supplier<ObjectReference> about, String reason, String message, boolean problem) {
        Instant now = clock.instant();
        try {
            thread.execute(() -> send(about, reason, message, problem, now));
        } catch (RejectedExecutionException closed) {
            LOG.debug("{} came too late to be told", reason);
        }
    }

    private void send(Supplier<ObjectReference> about, String reason, String message, boolean problem, Instant at) {
        try {
            Event event = event(about.get(), reason, message, problem, at);
            cluster.call(
                    ApiRequest.of("create", Event.class, event.getMetadata().getName()),
                    client -> client.resource(event)
                            .inNamespace(cluster.namespace())
                            .create());
        } catch (RuntimeException unheard) {
            LOG.debug("the event {} cannot be written: {}", reason, message, unheard);
        }
    }

    private Event event(ObjectReference about, String reason, String message, boolean problem, Instant at) {
        String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
        return new EventBuilder()
                .withNewMetadata()
                .withName(about.getName() + "."
                        + UUID.randomUUID().toString().replace("-", "").substring(0, 16))
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withInvolvedObject(about)
                .withReason(reason)
                .withMessage(message.substring(0, Math.min(LONGEST_MESSAGE, message.length())))
                .withType(problem ? "Warning" : "Normal")
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withReportingComponent(COMPONENT)
                .withReportingInstance(COMPONENT)
                .build();
    }

    /** Waits a moment for what is still to be told. To be called before the cluster is closed. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
