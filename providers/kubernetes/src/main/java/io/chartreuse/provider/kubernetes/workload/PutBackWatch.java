package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.ApiException;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.MaintenanceWatcher.Interference;
import io.chartreuse.spi.provider.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that others start a workload which a run holds stopped: they change its replicas, its suspension or its
 * autoscaler. Watches the cluster, and also reads the workload now and then, because a watch may be forbidden or have
 * died unnoticed.
 */
public final class PutBackWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PutBackWatch.class);

    /** The most stops of one workload in one run: a controller would start it again for ever. */
    private static final int LIMIT = 3;

    /** The delay before the watch starts: a shorter run needs no watch, because its last steps see what runs. */
    private static final Duration BEFORE = Duration.ofMillis(500);

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    private final Workloads workloads;
    private final WorkloadStop stop;
    private final ChangeWatch changes;
    private final OnInterference reaction;

    public PutBackWatch(Cluster cluster, Workloads workloads, WorkloadStop stop, OnInterference reaction) {
        this.workloads = workloads;
        this.stop = stop;
        this.changes = new ChangeWatch(cluster);
        this.reaction = reaction;
    }

    /**
     * Watches until the thread is interrupted.
     *
     * @param chosen the workload as it was found before it was stopped
     * @throws ChartreuseException where the run must end for what others do, or the workload cannot be stopped again
     */
    public void watch(Change change, SelectedWorkload chosen, StopMark mark, Interference found)
            throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(BEFORE.toNanos());
        Workload known = chosen.found().orElseThrow(() -> WorkloadGuard.gone(change.address()));
        AtomicInteger times = new AtomicInteger();
        while (true) {
            try (ChangeWatch.Wake wake = changes.follow(known, mark.holder())) {
                watch(change, chosen, mark, found, times, wake);
            } catch (ApiException e) { // a failed read does not end the run, because the workload was stopped
                LOG.warn("whether {} stands still cannot be seen: {}", change.address(), e.getMessage());
                TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
            }
        }
    }

    private void watch(
            Change change,
            SelectedWorkload chosen,
            StopMark mark,
            Interference found,
            AtomicInteger times,
            ChangeWatch.Wake wake)
            throws InterruptedException {
        Workload known = chosen.found().orElseThrow();
        String said = "";
        while (true) {
            Optional<OutsideChange> disturbance = workloads.disturbance(known, change, mark.holder());
            String now = disturbance.map(OutsideChange::toString).orElse("");
            if (disturbance.isEmpty() && !said.isEmpty()) {
                found.still("stands still again");
            }
            if (disturbance.isPresent() && !now.equals(said)) {
                int count = times.addAndGet(disturbance.get().counts() ? 1 : 0);
                react(change, chosen, mark, found, disturbance.get(), count);
            }
            said = reaction == OnInterference.STOP ? "" : now;
            if (disturbance.isEmpty() || reaction != OnInterference.STOP) {
                wake.await();
            }
        }
    }

    private void react(
            Change change,
            SelectedWorkload chosen,
            StopMark mark,
            Interference found,
            OutsideChange disturbance,
            int times)
            throws InterruptedException {
        boolean again = reaction == OnInterference.STOP && times <= LIMIT;
        disturbance.tell(
                found,
                again ? "it is stopped again" : reaction == OnInterference.WARN ? "the run goes on" : "the run ends");
        if (reaction == OnInterference.WARN) {
            return;
        }
        if (!again) {
            throw new ChartreuseException(failure(change, disturbance, times).about(change.address()));
        }
        stop.converge(change, chosen, mark, Progress.NONE);
        if (disturbance.runs()) {
            found.still("stands still again");
        }
    }

    private Diagnostic failure(Change change, OutsideChange disturbance, int times) {
        String often = reaction == OnInterference.FAIL || times <= 1 ? "" : " for the " + times + "th time in this run";
        return Diagnostic.error(
                KubernetesError.PUT_BACK,
                change.address().kind() + " \"" + change.address().name() + "\" " + disturbance + often
                        + ", while the run held it stopped",
                "Keep " + disturbance.who()
                        + " from setting it during a run: pause its synchronisation, or have it ignore"
                        + " the replicas (Argo CD: ignoreDifferences for /spec/replicas). Then make a new plan.");
    }
}
