package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.text.DurationText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until started workloads are ready, all at the same time. One watch of the namespace's pods serves all of them:
 * it shows when to read the workloads, whose own status decides. A read is one list per kind.
 */
public final class ReadyWait {

    private static final Logger LOG = LoggerFactory.getLogger(ReadyWait.class);

    /** The first and the longest pause between reads of a status that follows its pods: minReadySeconds delays it. */
    private static final Duration SOON = Duration.ofMillis(100);

    private static final Duration LATER = Duration.ofSeconds(2);

    /** The longest time without a read, for changes that no pod shows: an autoscaler that wants fewer pods, a quota. */
    private static final Duration LONGEST_QUIET = Duration.ofSeconds(5);

    /** How long a workload whose kind reports no status may take until its first pod. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Workloads workloads;
    private final OwnedPods owned;
    private final Watched<Pod> watched;
    private final Duration timeout;

    /** @param timeout how long to wait; zero: not at all */
    public ReadyWait(Cluster cluster, Workloads workloads, PodWatch pods, Duration timeout) {
        this.cluster = cluster;
        this.workloads = workloads;
        this.owned = new OwnedPods(cluster, workloads::of);
        this.watched = pods.watched();
        this.timeout = timeout;
    }

    /**
     * Returns when all are ready, or time is up. Does not wait for workloads that ask for no pods.
     *
     * @return an error for each that is not ready; empty where all are
     */
    public List<Diagnostic> await(List<StartedWorkload> started) throws InterruptedException {
        return timeout.isZero() || started.isEmpty() ? List.of() : new Wait(started).run();
    }

    /** One wait for a group of workloads. */
    private final class Wait {

        private final long begun = System.nanoTime();
        private final long end = begun + timeout.toNanos();
        private final List<Diagnostic> problems = new ArrayList<>();
        private final List<StartingWorkload> left = new ArrayList<>();
        private Optional<Interest<Pod>> interest = Optional.empty();
        private long lastLook = begun;
        private Duration pause = SOON;
        private long candidates;

        Wait(List<StartedWorkload> started) {
            Map<WorkloadKind, Map<String, GenericKubernetesResource>> live = read(started);
            for (StartedWorkload one : started) {
                Workload workload = one.workload();
                Optional.ofNullable(live.get(workload.kind()).get(workload.name()))
                        .ifPresentOrElse(object -> begin(one, object), () -> problems.add(gone(one)));
            }
        }

        private void begin(StartedWorkload started, GenericKubernetesResource live) {
            WorkloadKind kind = started.workload().kind();
            ReadyStatus status = ReadyStatus.of(kind, live);
            if (!kind.isSuspended() && status.wanted() > 0) {
                left.add(new StartingWorkload(started, owned.of(kind, live), status));
            }
        }

        List<Diagnostic> run() throws InterruptedException {
            left.removeIf(this::isThrough);
            if (left.isEmpty()) {
                return problems;
            }
            interest = follow();
            try {
                see();
                while (!left.isEmpty() && remaining() > 0) {
                    awaitNews();
                    see();
                    if (isDue()) {
                        look();
                    }
                }
                if (!left.isEmpty()) {
                    look();
                    left.forEach(one -> problems.add(notReady(one)));
                }
                return problems;
            } finally {
                interest.ifPresent(Interest::close);
            }
        }

        private Optional<Interest<Pod>> follow() {
            List<StartingWorkload> all = List.copyOf(left);
            try {
                return Optional.of(watched.follow(pod -> all.stream().anyMatch(one -> one.concerns(pod))));
            } catch (ChartreuseException denied) {
                LOG.debug("the pods cannot be watched: only the workloads' own status is looked at", denied);
                return Optional.empty();
            }
        }

        private void awaitNews() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long patience = Math.min(remaining(), nextLook());
            if (interest.isPresent()) {
                interest.get().await(Math.max(1, patience));
            } else {
                Thread.sleep(Math.max(1, Duration.ofNanos(patience).toMillis()));
            }
        }

        private void see() {
            List<Pod> pods = pods();
            left.forEach(one -> one.see(pods));
            long now = left.stream().filter(StartingWorkload::mayBeReady).count();
            if (now > candidates) {
                pause = SOON;
            }
            candidates = now;
        }

        private List<Pod> pods() {
            try {
                return interest.map(Interest::objects).orElse(List.of());
            } catch (ChartreuseException ended) {
                LOG.debug("the watch of the pods has ended", ended);
                interest.ifPresent(Interest::close);
                interest = Optional.empty();
                return List.of();
            }
        }

        private boolean isDue() {
            return nextLook() <= 0;
        }

        private long nextLook() {
            boolean soon = candidates > 0 || interest.isEmpty();
            long since = System.nanoTime() - lastLook;
            return (soon ? pause : LONGEST_QUIET).toNanos() - since;
        }

        /** Reads all workloads that are not ready yet, and reports those that are ready now. */
        private void look() {
            int before = left.size();
            Map<WorkloadKind, Map<String, GenericKubernetesResource>> live =
                    read(left.stream().map(StartingWorkload::started).toList());
            left.removeIf(one -> {
                GenericKubernetesResource now =
                        live.get(one.workload().kind()).get(one.workload().name());
                if (now == null
                        || !now.getMetadata().getUid().equals(one.workload().uid())) {
                    problems.add(gone(one.started()));
                    return true;
                }
                one.see(now);
                return isThrough(one);
            });
            see();
            pause = left.size() < before || pause.compareTo(LATER) >= 0 ? pause : pause.multipliedBy(2);
            lastLook = System.nanoTime();
        }

        /** Whether the wait for it is over. Reports readiness at once. */
        private boolean isThrough(StartingWorkload one) {
            if (one.isAtZero()) {
                return true;
            }
            if (one.isUnknown()) {
                return isSilent(one);
            }
            if (one.isReady()) {
                one.tellReady();
                return true;
            }
            if (one.isHopeless()) {
                problems.add(notReady(one));
                return true;
            }
            return false;
        }

        private boolean isSilent(StartingWorkload one) {
            boolean silent = System.nanoTime() - begun > LONGEST_SILENCE.toNanos();
            if (silent) {
                one.started()
                        .progress()
                        .report("not waited for: neither its status nor pods of its own tell whether it is ready");
            }
            return silent;
        }

        private long remaining() {
            return end - System.nanoTime();
        }

        private Diagnostic notReady(StartingWorkload one) {
            one.tellNotReady();
            String spent = one.isHopeless() ? "" : " after " + DurationText.of(timeout);
            Workload workload = one.workload();
            return Diagnostic.error(
                            KubernetesError.NOT_READY,
                            "%s in namespace %s is started and not ready%s: %s"
                                    .formatted(workload.title(), cluster.namespace(), spent, one.why()),
                            "It stays started. Find out why (kubectl -n %s describe %s %s, and the logs of its pods); where"
                                            .formatted(
                                                    cluster.namespace(),
                                                    workload.kind().word(),
                                                    workload.name())
                                    + " it only takes longer, raise kubernetes.ready.timeout")
                    .about(one.started().address());
        }

        private Diagnostic gone(StartedWorkload started) {
            return Diagnostic.error(
                            KubernetesError.NOT_READY,
                            "%s in namespace %s was deleted after it was started"
                                    .formatted(started.workload().title(), cluster.namespace()),
                            "Find out who deletes it, and deploy it again")
                    .about(started.address());
        }
    }

    /** Reads a few by name, and many with a list, which costs less. */
    private Map<WorkloadKind, Map<String, GenericKubernetesResource>> read(List<StartedWorkload> some) {
        Map<WorkloadKind, Map<String, GenericKubernetesResource>> all = new HashMap<>();
        some.stream()
                .map(StartedWorkload::workload)
                .collect(Collectors.groupingBy(Workload::kind, Collectors.mapping(Workload::name, Collectors.toList())))
                .forEach((kind, names) -> {
                    LiveObjects<GenericKubernetesResource> objects = workloads.of(kind);
                    all.put(
                            kind,
                            objects.read(names).stream()
                                    .collect(Collectors.toMap(
                                            live -> live.getMetadata().getName(), live -> live)));
                });
        return all;
    }
}
