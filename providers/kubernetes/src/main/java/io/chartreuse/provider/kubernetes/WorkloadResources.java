package io.chartreuse.provider.kubernetes;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.workload.ExpectedScale;
import io.chartreuse.provider.kubernetes.workload.Workload;
import io.chartreuse.provider.kubernetes.workload.WorkloadStates;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the engine's resources of what was read. Pure.
 *
 * @param namespace where the workloads live
 * @param states    says what their condition means
 */
record WorkloadResources(String namespace, WorkloadStates states) {

    /**
     * The resource of one Deployment.
     *
     * @param scales that speak of it, by precedence; the first counts
     * @param found  the Deployment, where it exists
     */
    Resource resource(List<ExpectedScale> scales, Optional<Workload> found) {
        ExpectedScale scale = scales.get(0);
        Address address = new Address(KubernetesProviderFactory.NAME + ".deployment", scale.deployment());
        List<Diagnostic> findings = new ArrayList<>();
        if (scales.size() > 1) {
            findings.add(duplicate(scales).about(address));
        }
        Resource resource = found.map(workload -> {
                    if (foreign(workload).isPresent()) {
                        findings.add(stoppedByAnother(workload).about(address));
                    }
                    return existing(address, scale, workload);
                })
                .orElseGet(() -> {
                    findings.add(missing(scale).about(address));
                    return absent(address, scale);
                });
        return resource.withFindings(findings);
    }

    private Resource existing(Address address, ExpectedScale scale, Workload workload) {
        return Resource.quiesce(
                        address,
                        scale.priority(),
                        states.observed(workload),
                        states.desired(workload, scale.scale()),
                        states.maintenance(workload),
                        states.reason(workload))
                .withFingerprint(
                        Map.of("namespace", namespace, "uid", workload.uid()),
                        states.fingerprint(workload, scale.priority()));
    }

    /** An ExpectedDeploymentScale without its Deployment asks for nothing, and must not be lost either. */
    private Resource absent(Address address, ExpectedScale scale) {
        return Resource.quiesce(
                        address, scale.priority(), states.absent(), states.absent(), states.absent(), "does not exist")
                .withFingerprint(Map.of("namespace", namespace), Map.of("exists", "false"));
    }

    private Optional<String> foreign(Workload workload) {
        return workload.replicas() == 0
                ? workload.stoppedBy().filter(other -> !other.equals(states.release()))
                : Optional.empty();
    }

    private Diagnostic stoppedByAnother(Workload workload) {
        String other = foreign(workload).orElseThrow();
        return Diagnostic.warning(
                KubernetesError.STOPPED_BY_ANOTHER,
                "deployment \"%s\" is at 0 because release %s stopped it".formatted(workload.name(), other),
                "Let release " + other + " finish, or restore it there: chartreuse restore");
    }

    private Diagnostic missing(ExpectedScale scale) {
        return Diagnostic.warning(
                KubernetesError.DEPLOYMENT_MISSING,
                "the ExpectedDeploymentScale %s names deployment \"%s\", which namespace %s does not have"
                        .formatted(scale.name(), scale.deployment(), namespace),
                "Correct its spec.deploymentName, or delete it");
    }

    private static Diagnostic duplicate(List<ExpectedScale> scales) {
        List<String> names = scales.stream().map(ExpectedScale::name).toList();
        return Diagnostic.warning(
                KubernetesError.SCALE_DUPLICATE,
                "several ExpectedDeploymentScales name deployment \"%s\": %s; %s counts"
                        .formatted(scales.get(0).deployment(), String.join(", ", names), names.get(0)),
                "Keep one of them");
    }
}
