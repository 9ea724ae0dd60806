package io.chartreuse.provider.kubernetes.preflight;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rights as the rules of a Role, to be pasted behind its {@code rules:}. Pure. */
final class RoleRules {

    /** The usual order in manuals: reading before writing. */
    private static final List<String> ORDER = List.of("get", "list", "watch", "create", "update", "patch", "delete");

    private static final Comparator<Scope> SCOPES = Comparator.comparing(Scope::group)
            .thenComparing(scope -> scope.names().toString());

    private RoleRules() {}

    /** The smallest number of rules that grant exactly these rights. */
    static String yaml(Collection<Right> rights) {
        Map<Scope, Map<List<String>, TreeSet<String>>> resourcesByVerbs = new TreeMap<>(SCOPES);
        verbsByResource(rights)
                .forEach((resource, verbs) -> resourcesByVerbs
                        .computeIfAbsent(resource.scope(), scope -> new TreeMap<>(Comparator.comparing(List::toString)))
                        .computeIfAbsent(verbs, some -> new TreeSet<>())
                        .add(resource.name()));
        return resourcesByVerbs.entrySet().stream()
                .flatMap(scope -> scope.getValue().entrySet().stream()
                        .map(rule -> rule(scope.getKey(), rule.getValue(), rule.getKey())))
                .collect(Collectors.joining("\n"));
    }

    /** Objects of one resource that need the same verbs share a rule. */
    private static Map<Resource, List<String>> verbsByResource(Collection<Right> rights) {
        Map<Right, List<String>> verbsByObject = rights.stream()
                .collect(Collectors.groupingBy(
                        right -> new Right(right.group(), right.resource(), "", right.name()),
                        Collectors.collectingAndThen(Collectors.toSet(), RoleRules::verbs)));
        Map<List<String>, List<Map.Entry<Right, List<String>>>> alike = verbsByObject.entrySet().stream()
                .collect(Collectors.groupingBy(entry -> List.of(
                        entry.getKey().group(),
                        entry.getKey().resource(),
                        entry.getKey().name().isEmpty() ? "" : "named",
                        entry.getValue().toString())));
        return alike.values().stream()
                .collect(Collectors.toMap(
                        entries ->
                                resource(entries.stream().map(Map.Entry::getKey).toList()),
                        entries -> entries.get(0).getValue()));
    }

    private static Resource resource(List<Right> objects) {
        TreeSet<String> names = objects.stream()
                .map(Right::name)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        Right any = objects.get(0);
        return new Resource(new Scope(any.group(), List.copyOf(names)), any.resource());
    }

    private static List<String> verbs(Set<Right> rights) {
        return rights.stream()
                .map(Right::verb)
                .distinct()
                .sorted(Comparator.comparingInt(ORDER::indexOf))
                .toList();
    }

    private static String rule(Scope scope, Collection<String> resources, List<String> verbs) {
        return "- apiGroups: [" + (scope.group().isEmpty() ? "\"\"" : scope.group()) + "]\n"
                + "  resources: [" + String.join(", ", resources) + "]\n"
                + (scope.names().isEmpty() ? "" : "  resourceNames: [" + String.join(", ", scope.names()) + "]\n")
                + "  verbs: [" + String.join(", ", verbs) + "]";
    }

    /** @param names of the only objects that are meant; empty: all */
    private record Scope(String group, List<String> names) {}

    private record Resource(Scope scope, String name) {}
}
