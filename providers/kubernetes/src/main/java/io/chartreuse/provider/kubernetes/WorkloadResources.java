package io.chartreuse.provider.kubernetes;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.workload.Choice;
import io.chartreuse.provider.kubernetes.workload.Chosen;
import io.chartreuse.provider.kubernetes.workload.Workload;
import io.chartreuse.provider.kubernetes.workload.WorkloadStates;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes the engine's resources of what was read. Pure.
 *
 * @param namespace where the workloads live
 * @param states    says what their condition means
 */
record WorkloadResources(String namespace, WorkloadStates states) {

    static Address address(Chosen chosen) {
        return new Address(KubernetesProviderFactory.NAME + "." + chosen.kind().word(), chosen.name());
    }

    /** The resource of one workload. */
    Resource resource(Chosen chosen) {
        Address address = address(chosen);
        List<Diagnostic> findings = new ArrayList<>();
        contradiction(chosen, findings);
        Resource resource = chosen.found()
                .map(workload -> {
                    shared(workload, findings);
                    return existing(address, chosen, workload);
                })
                .orElseGet(() -> {
                    findings.add(missing(chosen));
                    return absent(address, chosen);
                });
        return resource.withFindings(
                findings.stream().map(finding -> finding.about(address)).toList());
    }

    private Resource existing(Address address, Chosen chosen, Workload workload) {
        return Resource.quiesce(
                        address,
                        chosen.priority(),
                        states.observed(workload),
                        states.desired(workload, chosen.expectedScale()),
                        states.maintenance(workload),
                        states.reason(workload))
                .withFingerprint(
                        Map.of("namespace", namespace, "uid", workload.uid()),
                        states.fingerprint(workload, chosen.priority(), chosen.expectedScale()));
    }

    /** What is asked for and not there asks for nothing, and must not be lost either. */
    private Resource absent(Address address, Chosen chosen) {
        return Resource.quiesce(
                        address,
                        chosen.priority(),
                        states.absent(),
                        states.absent(),
                        states.absent(),
                        chosen.absence() == Chosen.Absence.CONTROLLED ? "is managed by another" : "does not exist")
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

    private Diagnostic missing(Chosen chosen) {
        String from = chosen.choices().get(0).source() == Choice.Source.EXPECTED_SCALE
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

    private static void contradiction(Chosen chosen, List<Diagnostic> findings) {
        List<Choice> scales = chosen.from(Choice.Source.EXPECTED_SCALE);
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
                                            .map(WorkloadResources::describe)
                                            .collect(Collectors.joining(", "))),
                    "Let them agree, or keep one of them"));
        }
    }

    private static String describe(Choice choice) {
        String name = choice.source() == Choice.Source.EXPECTED_SCALE
                ? "ExpectedDeploymentScale " + choice.from()
                : choice.from();
        List<String> says = new ArrayList<>();
        choice.priority().ifPresent(priority -> says.add("priority " + priority));
        choice.replicas().ifPresent(replicas -> says.add("replicas " + replicas));
        return says.isEmpty() ? name : name + " (" + String.join(", ", says) + ")";
    }

    private static Diagnostic duplicate(String deployment, List<Choice> scales) {
        List<String> names = scales.stream().map(Choice::from).toList();
        return Diagnostic.warning(
                KubernetesError.SCALE_DUPLICATE,
                "several ExpectedDeploymentScales name deployment \"%s\": %s; %s counts"
                        .formatted(deployment, String.join(", ", names), names.get(0)),
                "Keep one of them");
    }
}
