package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One entry of {@code workloads.select}.
 *
 * @param place        in the configuration: {@code workloads.select[0]}
 * @param apiVersion   of the kind
 * @param name         of the one workload that is meant; empty where labels say which
 * @param labels       that a workload must bear, all of them
 * @param replicasPath where the kind has its replicas
 */
record SelectionRule(
        String place,
        String apiVersion,
        String kind,
        Optional<String> name,
        Map<String, String> labels,
        List<String> replicasPath,
        Choice choice) {

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
                labels(entry.path("selector").path("matchLabels")),
                text(entry, "replicasPath").map(SelectionRule::path).orElse(WorkloadKind.REPLICAS),
                new Choice(
                        Choice.Source.CONFIGURATION,
                        "kubernetes." + place,
                        number(entry, "priority"),
                        number(entry, "replicas"),
                        text(entry, "jobs").map(word -> Choice.Jobs.valueOf(word.toUpperCase(Locale.ROOT)))));
    }

    /** Whether labels choose that object. */
    boolean matches(HasMetadata live) {
        Map<String, String> borne = live.getMetadata().getLabels();
        return name.isEmpty()
                && borne != null
                && labels.entrySet().stream().allMatch(label -> label.getValue().equals(borne.get(label.getKey())));
    }

    private static List<String> path(String text) {
        return Arrays.asList(text.substring(1).split("\\."));
    }

    private static Map<String, String> labels(JsonNode matchLabels) {
        Map<String, String> labels = new TreeMap<>();
        matchLabels
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static Optional<String> text(JsonNode entry, String field) {
        return Optional.ofNullable(entry.get(field)).map(JsonNode::asText);
    }

    private static Optional<Integer> number(JsonNode entry, String field) {
        return Optional.ofNullable(entry.get(field)).map(JsonNode::asInt);
    }
}
