package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Jobs of a CronJob that have not come to their end. */
record OwnedJobs(GenericKubernetesResource cronJob) implements Owned<Job> {

    private static final Set<String> ENDS = Set.of("Complete", "Failed");

    @Override
    public Optional<LabelSelector> selector() {
        return Optional.empty();
    }

    @Override
    public List<LeftPod> left(List<Job> found) {
        String owner = cronJob.getMetadata().getUid();
        return found.stream()
                .filter(job -> job.getMetadata().getOwnerReferences().stream()
                        .anyMatch(reference -> owner.equals(reference.getUid())))
                .filter(job -> !hasEnded(job))
                .map(job -> new LeftPod(job.getMetadata().getName(), "Job is active"))
                .sorted(Comparator.comparing(LeftPod::name))
                .toList();
    }

    private static boolean hasEnded(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                ENDS.contains(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
