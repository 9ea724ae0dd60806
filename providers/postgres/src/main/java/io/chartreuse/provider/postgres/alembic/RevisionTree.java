package io.chartreuse.provider.postgres.alembic;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The graph of a project's revisions and their dependencies. Makes no decisions. */
final class RevisionTree {

    private final Map<String, Revision> revisions = new LinkedHashMap<>();

    RevisionTree(List<Revision> revisions) {
        revisions.forEach(revision -> this.revisions.put(revision.id(), revision));
    }

    Optional<Revision> find(String id) {
        return Optional.ofNullable(revisions.get(id));
    }

    /** All revisions, in Alembic's order. */
    Collection<Revision> all() {
        return revisions.values();
    }

    /** The revisions that no other one follows, sorted. */
    Set<String> heads() {
        return leaves(revisions.keySet());
    }

    /**
     * These revisions and all that must be applied before them, each after those that it needs; the branch of the first
     * comes first. Uses no recursion, because a project may have thousands in a row.
     */
    Set<String> withAncestors(Collection<String> ids) {
        Set<String> ordered = new LinkedHashSet<>();
        for (String id : ids) {
            Deque<String> open = new ArrayDeque<>(List.of(id));
            while (!open.isEmpty()) {
                List<String> needed = needs(open.peek())
                        .filter(need -> !ordered.contains(need))
                        .toList();
                if (needed.isEmpty()) {
                    ordered.add(open.pop());
                } else {
                    // Pushed in reverse, so that parents come out in the order in which they are written.
                    for (int index = needed.size() - 1; index >= 0; index--) {
                        open.push(needed.get(index));
                    }
                }
            }
        }
        return ordered;
    }

    /**
     * The revisions that {@code alembic current} shows for a database with these applied: those that no applied
     * revision follows. A revision that others merely depend on is included, as in Alembic.
     */
    Set<String> leaves(Collection<String> applied) {
        Set<String> leaves = new TreeSet<>(applied);
        applied.forEach(id -> find(id).ifPresent(revision -> leaves.removeAll(revision.parents())));
        return leaves;
    }

    private Stream<String> needs(String id) {
        return find(id).stream()
                .flatMap(revision -> Stream.concat(revision.parents().stream(), revision.dependencies().stream()));
    }
}
