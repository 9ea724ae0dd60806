package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.ApiException;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.provider.kubernetes.cluster.PodMetadata;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for objects of the release that ask to be stopped although Chartreuse does not stop their kind: DaemonSets,
 * Jobs, pods without a workload, and Argo Rollouts that the configuration does not name. Logs kinds that it may not
 * list.
 */
final class NotStoppedSearch {

    private static final Logger LOG = LoggerFactory.getLogger(NotStoppedSearch.class);

    private static final WorkloadKind DAEMON_SET =
            new WorkloadKind("apps/v1", "DaemonSet", "daemonsets", WorkloadKind.REPLICAS);
    private static final WorkloadKind ROLLOUT =
            new WorkloadKind("argoproj.io/v1alpha1", "Rollout", "rollouts", WorkloadKind.REPLICAS);

    private static final WorkloadKind JOB = new WorkloadKind("batch/v1", "Job", "jobs", WorkloadKind.REPLICAS);

    /** The annotations of objects that Helm or Argo CD creates for a deployment and waits for. */
    private static final List<String> HOOKS = List.of("helm.sh/hook", "argocd.argoproj.io/hook");

    private final String release;
    private final LiveObjects<GenericKubernetesResource> daemonSets;
    private final LiveObjects<GenericKubernetesResource> rollouts;
    private final LiveObjects<GenericKubernetesResource> jobs;
    private final PodMetadata pods;

    NotStoppedSearch(Cluster cluster, String release) {
        this.release = release;
        this.daemonSets = DAEMON_SET.in(cluster);
        this.rollouts = ROLLOUT.in(cluster);
        this.jobs = JOB.in(cluster);
        this.pods = new PodMetadata(cluster);
    }

    /**
     * The searches, one request each, which may run at the same time.
     *
     * @param stopped the kinds that are stopped
     */
    List<Supplier<List<NotStopped>>> looks(Collection<WorkloadKind> stopped) {
        List<Supplier<List<NotStopped>>> looks = new ArrayList<>();
        looks.add(() -> found("daemonsets", daemonSets::readAll, NotStopped::daemonSet));
        looks.add(() -> found("jobs", this::activeJobs, NotStopped::job));
        looks.add(() -> found("pods", this::barePods, NotStopped::pod));
        if (stopped.stream().noneMatch(NotStoppedSearch::isRollout)) {
            looks.add(() -> found("rollouts", this::rollouts, live -> NotStopped.unnamed(ROLLOUT, live)));
        }
        return looks;
    }

    private static boolean isRollout(WorkloadKind kind) {
        return kind.group().equals(ROLLOUT.group()) && kind.kind().equals(ROLLOUT.kind());
    }

    private <T extends HasMetadata> List<NotStopped> found(
            String what, Supplier<List<T>> list, Function<T, NotStopped> described) {
        try {
            return list.get().stream()
                    .filter(live -> AnnotatedStopReason.of(live, release).isPresent())
                    .map(described)
                    .toList();
        } catch (ApiException e) {
            if (!e.forbidden()) {
                throw e;
            }
            LOG.warn("{} may not be listed: whether any of release {} asks to be stopped is not known", what, release);
            return List.of();
        }
    }

    private List<GenericKubernetesResource> rollouts() {
        return rollouts.listIfKnown().orElse(List.of());
    }

    private List<GenericKubernetesResource> activeJobs() {
        return jobs.readAll().stream()
                .filter(NotStoppedSearch::isActive)
                .filter(job -> !isHook(job))
                .toList();
    }

    private static boolean isHook(HasMetadata live) {
        return HOOKS.stream().anyMatch(hook -> Annotations.read(live, hook).isPresent());
    }

    static boolean isActive(GenericKubernetesResource job) {
        return !Boolean.TRUE.equals(job.get("spec", "suspend")) && !hasEnded(job);
    }

    private static boolean hasEnded(GenericKubernetesResource job) {
        return job.get("status", "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(one -> one instanceof Map<?, ?> condition
                                && JobDrain.ENDS.contains(condition.get("type"))
                                && "True".equals(condition.get("status")));
    }

    private List<GenericKubernetesResource> barePods() {
        return pods.with(Annotations.STOP).stream()
                .filter(pod -> PodOwnership.controller(pod).isEmpty())
                .filter(pod -> !isHook(pod))
                .toList();
    }
}
