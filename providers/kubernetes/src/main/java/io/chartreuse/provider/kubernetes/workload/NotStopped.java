package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Severity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Objects;
import java.util.Optional;

/**
 * An object of the release with the annotation to be stopped that is not stopped, because its kind cannot be, or is not looked
 * for.
 *
 * @param word    its kind as addresses write it: {@code daemonset}
 * @param owner   the uid of what controls it: where that is stopped, it is too
 * @param refused whether no plan is made as long as it asks to be stopped
 * @param why     for people, after its name and "cannot be stopped" or "goes on"
 */
public record NotStopped(String word, String name, Optional<String> owner, boolean refused, String why, String remedy) {

    public NotStopped {
        Objects.requireNonNull(word, "word");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(remedy, "remedy");
    }

    static NotStopped daemonSet(HasMetadata live) {
        return of(
                "daemonset",
                live,
                true,
                "a DaemonSet has no replicas that could be set to 0",
                "Take the annotation away, so that it runs while databases migrate; or make a Deployment of it");
    }

    static NotStopped job(HasMetadata live) {
        return of(
                "job",
                live,
                true,
                "a Job that runs is not cut short",
                "Wait until it has ended, or delete it (kubectl delete job "
                        + live.getMetadata().getName() + "). Take the annotation away where it may run while databases"
                        + " migrate; of a CronJob, annotate the CronJob itself: its Jobs are waited for");
    }

    static NotStopped pod(HasMetadata live) {
        return of(
                "pod",
                live,
                false,
                "it belongs to no workload, and a pod that is ended is not made again",
                "Where it must not run while databases migrate, end it before the run (kubectl delete pod "
                        + live.getMetadata().getName() + "), or make a Deployment of it");
    }

    static NotStopped unnamed(WorkloadKind kind, HasMetadata live) {
        return of(
                kind.word(),
                live,
                false,
                "the configuration does not name its kind",
                "Add to kubernetes.workloads.select: {apiVersion: " + kind.apiVersion() + ", kind: " + kind.kind()
                        + ", name: " + live.getMetadata().getName() + "}");
    }

    private static NotStopped of(String word, HasMetadata live, boolean refused, String why, String remedy) {
        return new NotStopped(
                word,
                live.getMetadata().getName(),
                PodOwnership.controller(live).map(OwnerReference::getUid),
                refused,
                why,
                remedy);
    }

    /** In a few words, for the list of what a plan does. */
    public String reason() {
        return (refused ? "cannot be stopped: " : "goes on: ") + why;
    }

    /** @param gravest of what keeps a plan from being made */
    public Diagnostic finding(Severity gravest) {
        return new Diagnostic(
                refused ? gravest : Severity.WARNING,
                refused ? KubernetesError.CANNOT_BE_STOPPED : KubernetesError.NOT_STOPPED,
                word + " \"" + name + "\" asks to be stopped (" + Annotations.STOP + ": \"true\") and " + reason(),
                remedy,
                Optional.empty(),
                Optional.empty());
    }
}
