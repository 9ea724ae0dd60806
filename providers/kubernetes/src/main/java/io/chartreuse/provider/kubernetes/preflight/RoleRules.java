package io.chartreuse.provider.kubernetes.preflight;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rights as the rules of a Role, to be pasted behind its {@code rules:}. Pure. */
final class RoleRules {

    /** As manuals list them: reading before writing. */
    private static final List<String> ORDER = List.of("get", "list", "watch", "create", "update", "patch", "delete");

    private RoleRules() {}

    /** As few rules as grant these rights and no others. */
    static String yaml(Collection<Right> rights) {
        Map<String, Map<List<String>, TreeSet<String>>> resourcesByVerbs = new TreeMap<>();
        verbsByResource(rights)
                .forEach((resource, verbs) -> resourcesByVerbs
                        .computeIfAbsent(resource.group(), group -> new TreeMap<>(Comparator.comparing(List::toString)))
                        .computeIfAbsent(verbs, some -> new TreeSet<>())
                        .add(resource.name()));
        return resourcesByVerbs.entrySet().stream()
                .flatMap(group -> group.getValue().entrySet().stream()
                        .map(rule -> rule(group.getKey(), rule.getValue(), rule.getKey())))
                .collect(Collectors.joining("\n"));
    }

    private static Map<Resource, List<String>> verbsByResource(Collection<Right> rights) {
        return rights.stream()
                .collect(Collectors.groupingBy(
                        right -> new Resource(right.group(), right.resource()),
                        Collectors.collectingAndThen(
                                Collectors.toSet(),
                                verbs -> verbs.stream()
                                        .map(Right::verb)
                                        .distinct()
                                        .sorted(Comparator.comparingInt(ORDER::indexOf))
                                        .toList())));
    }

    private static String rule(String group, Collection<String> resources, List<String> verbs) {
        return "- apiGroups: [" + (group.isEmpty() ? "\"\"" : group) + "]\n"
                + "  resources: [" + String.join(", ", resources) + "]\n"
                + "  verbs: [" + String.join(", ", verbs) + "]";
    }

    private record Resource(String group, String name) {}
}
