package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Matches label selectors as the API server does. Pure. */
final class LabelMatch {

    private LabelMatch() {}

    /** An absent selector matches nothing, an empty one everything. Called for each pod and workload at each event. */
    static boolean matches(LabelSelector selector, HasMetadata object) {
        Map<String, String> labels =
                Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
        return selector != null
                && bears(labels, selector.getMatchLabels())
                && holds(labels, selector.getMatchExpressions());
    }

    private static boolean bears(Map<String, String> labels, Map<String, String> wanted) {
        return wanted == null || labels.entrySet().containsAll(wanted.entrySet());
    }

    private static boolean holds(Map<String, String> labels, List<LabelSelectorRequirement> requirements) {
        for (LabelSelectorRequirement requirement :
                Objects.requireNonNullElse(requirements, List.<LabelSelectorRequirement>of())) {
            if (!holds(requirement, labels.get(requirement.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(LabelSelectorRequirement requirement, String value) {
        return switch (requirement.getOperator()) {
            case "In" -> value != null && requirement.getValues().contains(value);
            case "NotIn" -> value == null || !requirement.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalArgumentException("no such operator: " + requirement.getOperator());
        };
    }
}
