package io.chartreuse.core.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reduces what a validator reports for {@code oneOf} and {@code anyOf} (every rule of every branch) to what a person
 * has to fix: the rules of the branch that was meant, or, if no branch was, the choice as a whole.
 */
final class Alternatives {

    /** A choice: the keywords up to it and the value that it is about. */
    private record Choice(List<EvaluationPath.Part> way, JsonPointer instance) {}

    private Alternatives() {}

    static List<SchemaViolation> reduce(List<RuleFailure> failures) {
        return reduce(failures, 0);
    }

    private static List<SchemaViolation> reduce(List<RuleFailure> failures, int from) {
        List<SchemaViolation> violations = new ArrayList<>();
        Map<Choice, Map<Integer, List<RuleFailure>>> choices = new LinkedHashMap<>();
        for (RuleFailure failure : failures) {
            failure.way()
                    .alternative(from)
                    .ifPresentOrElse(
                            at -> branch(choices, failure, at).add(failure),
                            () -> violations.add(SchemaViolation.of(failure)));
        }
        // The choice itself is reported as well, beside its branches.
        Set<JsonPointer> chosen =
                choices.keySet().stream().map(Choice::instance).collect(Collectors.toSet());
        violations.removeIf(v -> v.keyword().equals("oneOf") && chosen.contains(v.instance()));
        choices.forEach((choice, branches) -> {
            List<List<SchemaViolation>> reduced = branches.values().stream()
                    .map(branch -> reduce(branch, choice.way().size() + 1))
                    .toList();
            violations.addAll(choose(choice.instance(), reduced));
        });
        return violations;
    }

    private static List<RuleFailure> branch(
            Map<Choice, Map<Integer, List<RuleFailure>>> choices, RuleFailure failure, int at) {
        Choice choice =
                new Choice(failure.way().parts().subList(0, at), failure.way().valueAt(at, failure.instance()));
        return choices.computeIfAbsent(choice, c -> new TreeMap<>())
                .computeIfAbsent(failure.way().parts().get(at).branch(), b -> new ArrayList<>());
    }

    private static List<SchemaViolation> choose(JsonPointer value, List<List<SchemaViolation>> branches) {
        List<List<SchemaViolation>> kind = without(branches, v -> v.wrongKind(value));
        if (kind.isEmpty()) {
            return List.of(combined(value, SchemaViolation.NO_FORM_FITS, matching(branches, v -> v.wrongKind(value))));
        }
        List<List<SchemaViolation>> meant = without(kind, v -> v.otherMember(value));
        if (!meant.isEmpty()) {
            return nearest(value, meant);
        }
        List<SchemaViolation> others = matching(kind, v -> v.otherMember(value));
        JsonPointer member = others.get(0).instance();
        return others.stream().allMatch(v -> v.instance().equals(member))
                ? List.of(combined(member, SchemaViolation.NO_FORM_FITS, others))
                : nearest(value, kind);
    }

    private static List<SchemaViolation> nearest(JsonPointer value, List<List<SchemaViolation>> branches) {
        List<SchemaViolation> shortest =
                branches.stream().min(Comparator.comparingInt(List::size)).orElseThrow();
        List<SchemaViolation> missing = matching(branches, v -> v.keyword().equals("required"));
        boolean onlyMissing = branches.stream().allMatch(branch -> branch.size() == 1)
                && missing.size() == branches.size()
                && missing.stream().allMatch(v -> v.instance().equals(value));
        return onlyMissing ? List.of(combined(value, SchemaViolation.ONE_IS_REQUIRED, missing)) : shortest;
    }

    private static SchemaViolation combined(JsonPointer value, String keyword, List<SchemaViolation> several) {
        return new SchemaViolation(
                value,
                keyword,
                several.stream()
                        .flatMap(v -> v.properties().stream())
                        .distinct()
                        .toList(),
                several.stream().flatMap(v -> v.schemas().stream()).distinct().toList());
    }

    private static List<List<SchemaViolation>> without(
            List<List<SchemaViolation>> branches, Predicate<SchemaViolation> unwanted) {
        return branches.stream()
                .filter(branch -> branch.stream().noneMatch(unwanted))
                .toList();
    }

    private static List<SchemaViolation> matching(
            List<List<SchemaViolation>> branches, Predicate<SchemaViolation> wanted) {
        return branches.stream().flatMap(Collection::stream).filter(wanted).toList();
    }
}
