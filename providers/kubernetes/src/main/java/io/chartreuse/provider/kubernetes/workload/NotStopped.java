package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Severity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Objects;
import java.util.Optional;

/**
 * An object of the release that asks to be stopped and is not, because its kind cannot be stopped or is not configured.
 *
 * @param word    its kind as addresses write it: {@code daemonset}
 * @param owner   the uid of its controller; where that is stopped, this object is stopped too
 * @param code    {@link KubernetesError#NOT_STOPPED} is a warning; any other code prevents a plan
 * @param asks    for people, after its kind and name: {@code asks to be stopped}
 * @param reason  for people: {@code goes on: …}
 */
public record NotStopped(
        String word,
        String name,
        Optional<String> owner,
        KubernetesError code,
        String asks,
        String reason,
        String remedy) {

    private static final String ASKS = "asks to be stopped (" + Annotations.STOP + ": \"true\")";

    public NotStopped {
        Objects.requireNonNull(word, "word");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(asks, "asks");
        Objects.requireNonNull(reason, "reason");
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

    /** A workload that carries the release's label but that Helm deployed with another release. */
    static NotStopped annotated(WorkloadKind kind, HasMetadata live, String other) {
        return new NotStopped(
                kind.word(),
                live.getMetadata().getName(),
                Optional.empty(),
                KubernetesError.OTHER_RELEASE,
                ASKS,
                "goes on: it belongs to release " + other,
                "Where it has to stop while this release migrates, add to the configuration:"
                        + " kubernetes.workloads.otherReleases: [" + other + "]; else take the annotation away");
    }

    /** An ExpectedDeploymentScale that names a Deployment of another release. */
    static NotStopped expected(ExpectedScale scale, String other) {
        return new NotStopped(
                ExpectedScale.WORD,
                scale.name(),
                Optional.empty(),
                KubernetesError.OTHER_RELEASE,
                "asks to stop deployment \"" + scale.deployment() + "\"",
                "is passed over: that Deployment belongs to release " + other,
                "Where it has to stop while this release migrates, add to the configuration:"
                        + " kubernetes.workloads.otherReleases: [" + other + "], or name it in"
                        + " kubernetes.workloads.select; else delete the ExpectedDeploymentScale (kubectl delete eds "
                        + scale.name() + ")");
    }

    private static NotStopped of(String word, HasMetadata live, boolean refused, String why, String remedy) {
        return new NotStopped(
                word,
                live.getMetadata().getName(),
                PodOwnership.controller(live).map(OwnerReference::getUid),
                refused ? KubernetesError.CANNOT_BE_STOPPED : KubernetesError.NOT_STOPPED,
                ASKS,
                (refused ? "cannot be stopped: " : "goes on: ") + why,
                remedy);
    }

    /** @param gravest the severity of a finding that prevents a plan */
    public Diagnostic finding(Severity gravest) {
        return new Diagnostic(
                code == KubernetesError.NOT_STOPPED ? Severity.WARNING : gravest,
                code,
                word + " \"" + name + "\" " + asks + " and " + reason,
                remedy,
                Optional.empty(),
                Optional.empty());
    }
}
