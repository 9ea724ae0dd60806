package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.cluster.LiveObjects;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.Progress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Waits until the Jobs of a suspended CronJob end; it does not cut them short. */
final class JobDrain {

    /** The conditions of a Job that has ended. */
    static final Set<String> ENDS = Set.of("Complete", "Failed");

    /** Reads the Jobs after so long without an event, because a watch may have died unnoticed. */
    private static final Duration LONGEST_QUIET = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Watched<Job> watched;
    private final LiveObjects<Job> jobs;
    private final Duration timeout;

    JobDrain(Cluster cluster, Duration timeout) {
        this.cluster = cluster;
        this.watched = new Watched<>(cluster, Job.class);
        this.jobs = new LiveObjects<>(cluster, Job.class);
        this.timeout = timeout;
        cluster.closing(watched::close);
    }

    /** @throws ChartreuseException where some are active after the timeout */
    void await(GenericKubernetesResource cronJob, Progress progress) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        String uid = cronJob.getMetadata().getUid();
        Predicate<Job> owned = job -> job.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(uid));
        if (active(jobs.list(), owned).isEmpty()) {
            return;
        }
        try (Interest<Job> interest = watched.follow(owned)) {
            boolean quiet = false;
            while (true) {
                List<String> left = active(interest.objects(), owned);
                progress.report("active jobs: " + String.join(", ", left));
                if ((quiet || left.isEmpty()) && active(jobs.list(), owned).isEmpty()) {
                    return;
                }
                long remaining = end - System.nanoTime();
                if (remaining <= 0) {
                    throw timedOut(cronJob, left);
                }
                quiet = !interest.await(Math.min(remaining, LONGEST_QUIET.toNanos()));
            }
        }
    }

    private static List<String> active(List<Job> found, Predicate<Job> owned) {
        return found.stream()
                .filter(owned)
                .filter(job -> !hasEnded(job))
                .map(job -> job.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static boolean hasEnded(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                ENDS.contains(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private ChartreuseException timedOut(GenericKubernetesResource cronJob, List<String> left) {
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.STOP_TIMEOUT,
                "cronjob \"%s\" in namespace %s is suspended, but after %d s jobs of it are active: %s"
                        .formatted(
                                cronJob.getMetadata().getName(),
                                cluster.namespace(),
                                timeout.toSeconds(),
                                String.join(", ", left)),
                "Give them more time with kubernetes.stopTimeout, leave them running with jobs: leave, or end them"
                        + " (kubectl delete job)"));
    }
}
