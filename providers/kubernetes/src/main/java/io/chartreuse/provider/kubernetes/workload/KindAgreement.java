package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that all rules of one kind name the same version and the same replicas path. All versions show the same
 * objects, which would otherwise be stopped twice, in two ways. Refuses kinds without replicas. Pure.
 */
final class KindAgreement {

    private static final Set<String> WITHOUT_REPLICAS = Set.of("apps/DaemonSet", "batch/Job", "/Pod");

    private KindAgreement() {}

    /** @throws ChartreuseException with an error for each rule that contradicts the first of its kind */
    static void check(List<SelectionRule> rules) {
        Map<String, SelectionRule> first = new HashMap<>();
        List<Diagnostic> problems = new ArrayList<>();
        for (SelectionRule rule : rules) {
            if (isEndless(rule)) {
                problems.add(Diagnostic.error(
                        KubernetesError.CANNOT_BE_STOPPED,
                        "kubernetes.%s names a %s, which cannot be stopped: it has no replicas"
                                .formatted(rule.place(), rule.kind()),
                        "Take it out of kubernetes.workloads.select; what must not run while databases migrate can be a"
                                + " Deployment, a StatefulSet or a CronJob"));
                continue;
            }
            SelectionRule other = first.putIfAbsent(rule.group() + "/" + rule.kind(), rule);
            if (other != null && !agree(other, rule)) {
                problems.add(contradiction(other, rule));
            }
        }
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
    }

    /**
     * Whether a stop would wait without end: the API server would drop the replicas field, which the kind does not
     * have.
     */
    private static boolean isEndless(SelectionRule rule) {
        return WITHOUT_REPLICAS.contains(rule.group() + "/" + rule.kind());
    }

    /** Whether both name the same version and replicas path. Built-in kinds have a fixed path, whatever a rule says. */
    private static boolean agree(SelectionRule one, SelectionRule other) {
        return one.apiVersion().equals(other.apiVersion())
                && (one.replicasPath().equals(other.replicasPath())
                        || one.builtIn().isPresent());
    }

    private static Diagnostic contradiction(SelectionRule first, SelectionRule other) {
        return Diagnostic.error(
                KubernetesError.KIND_CONTRADICTORY,
                "kubernetes.%s and kubernetes.%s speak of the same kind in different ways: %s and %s"
                        .formatted(first.place(), other.place(), describe(first), describe(other)),
                "Give both the same apiVersion and the same replicasPath");
    }

    private static String describe(SelectionRule rule) {
        return rule.kind() + " of " + rule.apiVersion() + " with replicas at ." + String.join(".", rule.replicasPath());
    }
}
