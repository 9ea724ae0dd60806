package io.chartreuse.provider.postgres.alembic;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares a database with a project. Pure.
 *
 * @param tree    the project's revisions
 * @param current the database's current revisions
 * @param targets the revisions of the project to reach
 */
record Comparison(RevisionTree tree, CurrentRevisions current, Set<String> targets) {

    /** Separates several revisions. */
    static final String SEPARATOR = ", ";

    /** Several revisions as one text for plans: all of them, sorted. */
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
     * Whether the database has revisions that these files lack, or revisions after the target. Other branches do not
     * count.
     */
    boolean ahead() {
        Set<String> beyond = applied();
        beyond.removeAll(tree.withAncestors(targets));
        return current.unknown().isPresent()
                || tree.withAncestors(beyond).stream().anyMatch(targets::contains);
    }

    /** The pending revisions, each after those that it needs. */
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
