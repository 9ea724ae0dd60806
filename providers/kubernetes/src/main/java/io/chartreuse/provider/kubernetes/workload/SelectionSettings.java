package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What the configuration says of how workloads are chosen.
 *
 * @param release        whose workloads they are, by label
 * @param holder         the name that they are held under
 * @param expectedScales whether ExpectedDeploymentScales are asked
 * @param annotations    whether annotations on workloads are asked
 * @param rules          those that the configuration lists; those of one kind agree on how to reach it
 */
public record SelectionSettings(
        String release, String holder, boolean expectedScales, boolean annotations, List<SelectionRule> rules) {

    public SelectionSettings {
        rules = List.copyOf(rules);
        KindAgreement.check(rules);
    }

    /** The settings of the section's {@code workloads}, which may be missing. */
    public static SelectionSettings of(JsonNode workloads, String release) {
        JsonNode select = workloads.path("select");
        return new SelectionSettings(
                release,
                workloads.path("holder").asText(release),
                workloads.path("expectedDeploymentScales").asBoolean(true),
                workloads.path("annotations").asBoolean(true),
                IntStream.range(0, select.size())
                        .mapToObj(at -> SelectionRule.of("workloads.select[" + at + "]", select.get(at)))
                        .toList());
    }

    /** The kinds that are looked for; those that not every cluster has by their usual plural. */
    public Set<WorkloadKind> usualKinds() {
        return kinds(SelectionRule::usualKind);
    }

    /**
     * The kinds that are looked for.
     *
     * @param kindOf the kind that a rule speaks of
     */
    Set<WorkloadKind> kinds(Function<SelectionRule, WorkloadKind> kindOf) {
        Set<WorkloadKind> kinds = new LinkedHashSet<>();
        if (expectedScales) {
            kinds.add(WorkloadKind.DEPLOYMENT);
        }
        if (annotations) {
            kinds.addAll(WorkloadKind.BUILT_IN);
        }
        rules.forEach(rule -> kinds.add(kindOf.apply(rule)));
        return kinds;
    }
}
