package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How the configuration selects workloads.
 *
 * @param release        whose workloads they are, by label
 * @param holder         the name that they are held under
 * @param expectedScales whether ExpectedDeploymentScales select workloads
 * @param annotations    whether annotations on workloads select them
 * @param autoscalers    the kinds of autoscalers that are paused
 * @param otherReleases  releases whose workloads an ExpectedDeploymentScale or an annotation may select
 * @param rules          the rules of the configuration; those of one kind agree on version and replicas path
 */
public record SelectionSettings(
        String release,
        String holder,
        boolean expectedScales,
        boolean annotations,
        Set<Autoscaler.Type> autoscalers,
        Set<String> otherReleases,
        List<SelectionRule> rules) {

    public SelectionSettings {
        autoscalers = Set.copyOf(autoscalers);
        otherReleases = Set.copyOf(otherReleases);
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
                autoscalers(workloads.get("autoscalers")),
                texts(workloads.path("otherReleases")).collect(Collectors.toUnmodifiableSet()),
                IntStream.range(0, select.size())
                        .mapToObj(at -> SelectionRule.of("workloads.select[" + at + "]", select.get(at)))
                        .toList());
    }

    private static Set<Autoscaler.Type> autoscalers(JsonNode setting) {
        return Stream.of(Autoscaler.Type.values())
                .filter(type -> setting == null || texts(setting).anyMatch(type.kind()::equals))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    /** Whether autoscalers of this type are paused when the given kinds are stopped: a CronJob has none. */
    public boolean pauses(Autoscaler.Type type, Collection<WorkloadKind> kinds) {
        return autoscalers.contains(type) && kinds.stream().anyMatch(kind -> !kind.isSuspended());
    }

    /** The names of the only workloads of that kind that may be stopped; empty where any may be. */
    public Optional<Set<String>> onlyNames(WorkloadKind kind) {
        boolean anybody = expectedScales && kind.equals(WorkloadKind.DEPLOYMENT)
                || annotations && WorkloadKind.BUILT_IN.contains(kind)
                || rules.stream()
                        .anyMatch(rule -> rule.isOf(kind) && rule.name().isEmpty());
        return anybody
                ? Optional.empty()
                : Optional.of(rules.stream()
                        .filter(rule -> rule.isOf(kind))
                        .flatMap(rule -> rule.name().stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The selected kinds; those that are not built in with their usual plural. */
    public Set<WorkloadKind> usualKinds() {
        return kinds(SelectionRule::usualKind);
    }

    /**
     * The selected kinds.
     *
     * @param kindOf the kind that a rule names
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
