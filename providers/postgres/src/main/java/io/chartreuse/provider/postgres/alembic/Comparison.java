package io.chartreuse.provider.postgres.alembic;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A database compared with a project. Pure.
 *
 * @param tree    the project's revisions
 * @param current where the database stands
 * @param targets where it is to go: revisions of the project
 */
record Comparison(RevisionTree tree, CurrentRevisions current, Set<String> targets) {

    /** Between revisions where there are several. */
    static final String SEPARATOR = ", ";

    /** What stands in a plan for several revisions: all of them, sorted. */
    static Optional<String> text(Set<String> revisions) {
        return revisions.isEmpty() ? Optional.empty() : Optional.of(String.join(SEPARATOR, new TreeSet<>(revisions)));
    }

    Optional<String> revision() {
        return text(current.revisions());
    }

    Optional<String> goal() {
        if (ahead()) {
            return revision();
        }
        Set<String> applied = applied();
        applied.addAll(tree.withAncestors(targets));
        return text(tree.leaves(applied));
    }

    /**
     * Whether the database has what these files do not know, or has what follows the target. Others of its branches do
     * not count.
     */
    boolean ahead() {
        Set<String> beyond = applied();
        beyond.removeAll(tree.withAncestors(targets));
        return current.unknown().isPresent()
                || tree.withAncestors(beyond).stream().anyMatch(targets::contains);
    }

    /** In an order in which each comes after what it needs. */
    List<Revision> pending() {
        if (ahead()) {
            return List.of();
        }
        Set<String> applied = applied();
        return tree.withAncestors(targets).stream()
                .filter(id -> !applied.contains(id))
                .flatMap(id -> tree.find(id).stream())
                .toList();
    }

    private Set<String> applied() {
        return tree.withAncestors(current.revisions());
    }
}
