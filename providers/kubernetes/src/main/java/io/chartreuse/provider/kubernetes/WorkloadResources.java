package io.chartreuse.provider.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.workload.FoundWorkloads;
import io.chartreuse.provider.kubernetes.workload.NotStopped;
import io.chartreuse.provider.kubernetes.workload.SelectedWorkload;
import io.chartreuse.provider.kubernetes.workload.StopReason;
import io.chartreuse.provider.kubernetes.workload.Workload;
import io.chartreuse.provider.kubernetes.workload.WorkloadStates;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns the workloads that were read into resources of the engine. Pure.
 *
 * @param namespace of the workloads
 * @param states    describes the workloads' state
 */
record WorkloadResources(String namespace, WorkloadStates states) {

    /** The resources of all found workloads, sorted. */
    List<Resource> of(FoundWorkloads found) {
        Severity gravest = isStopped(found.chosen()) ? Severity.WARNING : Severity.ERROR;
        return Stream.concat(
                        of(found.chosen()).stream(), found.notStopped().stream().map(one -> notStopped(one, gravest)))
                .sorted(Comparator.comparing(Resource::address))
                .toList();
    }

    private static Resource notStopped(NotStopped one, Severity gravest) {
        Address address = new Address(KubernetesProviderFactory.NAME + "." + one.word(), one.name());
        ObjectNode state = JsonNodeFactory.instance.objectNode().put("stopped", false);
        return Resource.quiesce(address, 0, state, state, state, one.reason())
                .withFindings(List.of(one.finding(gravest).about(address)));
    }

    /**
     * The resources of all chosen workloads, sorted. While this release holds a workload stopped, a finding that would
     * otherwise prevent a plan is only a warning, because no finding may prevent the start of a stopped workload.
     */
    private List<Resource> of(List<SelectedWorkload> all) {
        boolean stopped = isStopped(all);
        Set<String> titles = all.stream()
                .flatMap(chosen -> chosen.found().stream())
                .map(Workload::asOwner)
                .collect(Collectors.toSet());
        return all.stream()
                .map(chosen -> resource(chosen, stopped ? Severity.WARNING : Severity.ERROR, titles))
                .sorted(Comparator.comparing(Resource::address))
                .toList();
    }

    private boolean isStopped(List<SelectedWorkload> all) {
        return all.stream()
                .flatMap(chosen -> chosen.found().stream())
                .anyMatch(workload -> workload.marked(states.holder()));
    }

    static Address address(SelectedWorkload chosen) {
        return new Address(KubernetesProviderFactory.NAME + "." + chosen.kind().word(), chosen.name());
    }

    private Resource resource(SelectedWorkload chosen, Severity gravest, Set<String> stoppedOwners) {
        Address address = address(chosen);
        List<Diagnostic> findings = new ArrayList<>();
        contradiction(chosen, findings);
        malformed(chosen, gravest, findings);
        Resource resource = chosen.found()
                .map(workload -> {
                    shared(workload, findings);
                    workload.owner()
                            .filter(owner -> !stoppedOwners.contains(owner))
                            .ifPresent(owner -> findings.add(owned(workload, owner)));
                    workload.volumeLoss(namespace).ifPresent(loss -> findings.add(as(gravest, loss)));
                    return existing(address, chosen, workload);
                })
                .orElseGet(() -> {
                    findings.add(missing(chosen));
                    return absent(address, chosen);
                });
        return resource.withFindings(
                findings.stream().map(finding -> finding.about(address)).toList());
    }

    private Resource existing(Address address, SelectedWorkload chosen, Workload workload) {
        if (isUnasked(chosen)) {
            ObjectNode state = states.observed(workload);
            return Resource.quiesce(
                    address, chosen.priority(), state, state, state, "it is not known whether it is to be stopped");
        }
        return Resource.quiesce(
                        address,
                        chosen.priority(),
                        states.observed(workload),
                        states.desired(workload, chosen.expectedScale()),
                        states.maintenance(workload),
                        states.reason(workload))
                .withFingerprint(
                        Map.of("namespace", namespace, "uid", workload.uid()),
                        states.fingerprint(workload, chosen.priority(), chosen.expectedScale()))
                .withReady(workload.isReady());
    }

    /** A workload that is to be stopped but does not exist: it needs no change, and must still be reported. */
    private Resource absent(Address address, SelectedWorkload chosen) {
        return Resource.quiesce(
                        address,
                        chosen.priority(),
                        states.absent(),
                        states.absent(),
                        states.absent(),
                        chosen.absence() == SelectedWorkload.Absence.CONTROLLED
                                ? "is managed by another"
                                : "does not exist")
                .withFingerprint(Map.of("namespace", namespace), Map.of("exists", "false"));
    }

    private void shared(Workload workload, List<Diagnostic> findings) {
        if (workload.stoppedByOtherThan(states.holder())) {
            findings.add(Diagnostic.warning(
                    KubernetesError.STOPPED_BY_ANOTHER,
                    workload.title() + " is stopped by " + workload.holdersBeside(states.holder()),
                    "It comes back when the last of them lets go. Let the other release finish, or restore it there:"
                            + " chartreuse restore"));
        }
    }

    private Diagnostic missing(SelectedWorkload chosen) {
        String from = chosen.choices().get(0).source() == StopReason.Source.EXPECTED_SCALE
                ? "the ExpectedDeploymentScale " + chosen.choices().get(0).from()
                : chosen.choices().get(0).from();
        String title = chosen.kind().word() + " \"" + chosen.name() + "\"";
        return switch (chosen.absence()) {
            case NO_SUCH_KIND ->
                Diagnostic.warning(
                        KubernetesError.KIND_UNKNOWN,
                        "%s names %s, but the cluster does not know the kind %s of %s"
                                .formatted(
                                        from,
                                        title,
                                        chosen.kind().kind(),
                                        chosen.kind().apiVersion()),
                        "Correct apiVersion and kind (kubectl api-resources), or install what brings them");
            case CONTROLLED ->
                Diagnostic.warning(
                        KubernetesError.WORKLOAD_CONTROLLED,
                        from + " names " + title + ", which another object manages and would scale back",
                        "Name its owner instead (kubectl describe "
                                + chosen.kind().word() + " " + chosen.name() + ")");
            case NO_SUCH_OBJECT ->
                Diagnostic.warning(
                        KubernetesError.WORKLOAD_MISSING,
                        "%s names %s, which namespace %s does not have".formatted(from, title, namespace),
                        "Correct the name, or delete what asks for it");
        };
    }

    private static void contradiction(SelectedWorkload chosen, List<Diagnostic> findings) {
        List<StopReason> scales = chosen.from(StopReason.Source.EXPECTED_SCALE);
        if (scales.size() > 1) {
            findings.add(duplicate(chosen.name(), scales));
        } else if (chosen.isContradictory()) {
            findings.add(Diagnostic.warning(
                    KubernetesError.CHOICE_CONTRADICTORY,
                    "%s \"%s\" is chosen in several ways that contradict each other: %s; the first counts"
                            .formatted(
                                    chosen.kind().word(),
                                    chosen.name(),
                                    chosen.choices().stream()
                                            .filter(choice -> choice.source() != StopReason.Source.MALFORMED)
                                            .map(WorkloadResources::describe)
                                            .collect(Collectors.joining(", "))),
                    "Let them agree, or keep one of them"));
        }
    }

    /** Whether the only reason to stop it is an annotation that cannot be read. */
    private static boolean isUnasked(SelectedWorkload chosen) {
        return chosen.from(StopReason.Source.MALFORMED).size()
                == chosen.choices().size();
    }

    private void malformed(SelectedWorkload chosen, Severity gravest, List<Diagnostic> findings) {
        for (StopReason choice : chosen.from(StopReason.Source.MALFORMED)) {
            findings.add(new Diagnostic(
                    gravest,
                    KubernetesError.ANNOTATION_MALFORMED,
                    "%s \"%s\" has an annotation that cannot be read: %s"
                            .formatted(chosen.kind().word(), chosen.name(), choice.from()),
                    "Correct it where the workload is made (a chart's template), or at once: kubectl -n %s annotate --overwrite %s %s %s=…"
                            .formatted(
                                    namespace,
                                    chosen.kind().word(),
                                    chosen.name(),
                                    choice.from().substring(0, choice.from().indexOf(':'))),
                    Optional.empty(),
                    Optional.empty()));
        }
    }

    private static Diagnostic owned(Workload workload, String owner) {
        return Diagnostic.warning(
                KubernetesError.WORKLOAD_OWNED,
                workload.title() + " belongs to " + owner + ", whose operator may scale it back during a migration",
                "Have " + owner
                        + " stopped instead, where its kind has replicas (kubernetes.workloads.select), or pause its"
                        + " operator for the time of the run");
    }

    private static Diagnostic as(Severity severity, Diagnostic finding) {
        return new Diagnostic(
                severity, finding.code(), finding.summary(), finding.remedy(), finding.address(), finding.location());
    }

    private static String describe(StopReason choice) {
        String name = choice.source() == StopReason.Source.EXPECTED_SCALE
                ? "ExpectedDeploymentScale " + choice.from()
                : choice.from();
        List<String> says = new ArrayList<>();
        choice.priority().ifPresent(priority -> says.add("priority " + priority));
        choice.replicas().ifPresent(replicas -> says.add("replicas " + replicas));
        return says.isEmpty() ? name : name + " (" + String.join(", ", says) + ")";
    }

    private static Diagnostic duplicate(String deployment, List<StopReason> scales) {
        List<String> names = scales.stream().map(StopReason::from).toList();
        return Diagnostic.warning(
                KubernetesError.SCALE_DUPLICATE,
                "several ExpectedDeploymentScales name deployment \"%s\": %s; %s counts"
                        .formatted(deployment, String.join(", ", names), names.get(0)),
                "Keep one of them");
    }
}
