package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One entry of {@code workloads.select}.
 *
 * @param place        in the configuration: {@code workloads.select[0]}
 * @param apiVersion   of the kind
 * @param name         of the one selected workload; empty where labels select
 * @param selector     the label selector; empty where the workload is named
 * @param replicasPath the path of the kind's replicas
 */
record SelectionRule(
        String place,
        String apiVersion,
        String kind,
        Optional<String> name,
        Optional<LabelSelector> selector,
        List<String> replicasPath,
        StopReason choice) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static SelectionRule of(String place, JsonNode entry) {
        String kind = entry.get("kind").asText();
        return new SelectionRule(
                place,
                text(entry, "apiVersion")
                        .orElseGet(() -> WorkloadKind.builtIn(kind)
                                .map(WorkloadKind::apiVersion)
                                .orElseThrow(() ->
                                        new IllegalArgumentException(place + ": " + kind + " needs an apiVersion"))),
                kind,
                text(entry, "name"),
                Optional.ofNullable(entry.get("selector"))
                        .map(selector -> JSON.convertValue(selector, LabelSelector.class)),
                text(entry, "replicasPath").map(SelectionRule::path).orElse(WorkloadKind.REPLICAS),
                new StopReason(
                        StopReason.Source.CONFIGURATION,
                        "kubernetes." + place,
                        number(entry, "priority"),
                        number(entry, "replicas"),
                        text(entry, "jobs").map(word -> StopReason.Jobs.valueOf(word.toUpperCase(Locale.ROOT)))));
    }

    /** Whether it names that kind, whatever its plural is. */
    boolean isOf(WorkloadKind other) {
        return kind.equals(other.kind()) && apiVersion.equals(other.apiVersion());
    }

    /** Whether labels choose that object. */
    boolean matches(HasMetadata live) {
        return selector.filter(wanted -> LabelMatch.matches(wanted, live)).isPresent();
    }

    /** The API group of the kind; empty for the core group. */
    String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** The built-in kind of that name, or else one with the usual plural. */
    WorkloadKind usualKind() {
        return builtIn().orElseGet(() -> kind(Pluralize.toPlural(kind.toLowerCase(Locale.ROOT))));
    }

    /** The kind, if it is built in. */
    Optional<WorkloadKind> builtIn() {
        return WorkloadKind.builtIn(kind).filter(known -> known.apiVersion().equals(apiVersion));
    }

    /** The kind, with the plural that the cluster has for it. */
    WorkloadKind kind(String plural) {
        return new WorkloadKind(apiVersion, kind, plural, replicasPath);
    }

    private static List<String> path(String text) {
        return Arrays.asList(text.substring(1).split("\\."));
    }

    private static Optional<String> text(JsonNode entry, String field) {
        return Optional.ofNullable(entry.get(field)).map(JsonNode::asText);
    }

    private static Optional<Integer> number(JsonNode entry, String field) {
        return Optional.ofNullable(entry.get(field)).map(JsonNode::asInt);
    }
}
