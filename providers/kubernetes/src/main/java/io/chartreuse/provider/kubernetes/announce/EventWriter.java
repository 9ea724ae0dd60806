package io.chartreuse.provider.kubernetes.announce;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.InFlightGroup;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Clock;
import java.time.Duration;
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
 * Writes Events on its own threads, so that no step waits for them. Writes only while no step runs, so that Events do
 * not slow down the stopping and starting of workloads. Logs an Event that cannot be written at debug level.
 */
public final class EventWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
    private static final String COMPONENT = "chartreuse";
    private static final int LONGEST_MESSAGE = 1000;
    private static final int AT_ONCE = 4;
    private static final long SECONDS_TO_END = 10;

    /** Longer than the moment between two stages, in which no step runs either. */
    private static final Duration REST = Duration.ofMillis(500);

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private final Cluster cluster;
    private final Clock clock;
    private final InFlightGroup working;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, work -> {
        Thread daemon = new Thread(work, "kubernetes-events");
        daemon.setDaemon(true);
        return daemon;
    });

    /** @param working the running steps, which Events must not slow down */
    public EventWriter(Cluster cluster, Clock clock, InFlightGroup working) {
        this.cluster = cluster;
        this.clock = clock;
        this.working = working;
    }

    /** Returns at once. Calls {@code about} later, on another thread; it may make requests. */
    void write(Supplier<ObjectReference> about, String reason, String message, boolean problem) {
        Instant now = clock.instant();
        try {
            threads.execute(() -> send(about, reason, message, problem, now));
        } catch (RejectedExecutionException closed) {
            LOG.debug("{} came too late to be reported", reason);
        }
    }

    private void send(Supplier<ObjectReference> about, String reason, String message, boolean problem, Instant at) {
        try {
            working.awaitRest(REST, LONGEST_DELAY);
            Event event = event(about.get(), reason, message, problem, at);
            cluster.call(
                    ApiRequest.of("create", Event.class, event.getMetadata().getName()),
                    client -> client.resource(event)
                            .inNamespace(cluster.namespace())
                            .create());
        } catch (InterruptedException | RuntimeException unheard) {
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

    /** Waits up to 10 seconds for Events that are not written yet. Call it before the cluster is closed. */
    @Override
    public void close() {
        working.hurry();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
