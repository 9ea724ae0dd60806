package io.chartreuse.provider.postgres.alembic;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The revisions that a database has.
 *
 * @param revisions the applied revisions, represented by the last ones
 * @param unknown   a revision of the database's that the project does not have; with it, nothing else is known
 */
record CurrentRevisions(SortedSet<String> revisions, Optional<String> unknown) {

    CurrentRevisions {
        revisions = new TreeSet<>(revisions);
        Objects.requireNonNull(unknown, "unknown");
    }

    /** Compares recorded revisions with a project that may lack some of them. */
    static CurrentRevisions recalled(SortedSet<String> revisions, RevisionTree tree) {
        return revisions.stream()
                .filter(id -> tree.find(id).isEmpty())
                .findFirst()
                .map(CurrentRevisions::unknown)
                .orElseGet(() -> new CurrentRevisions(revisions, Optional.empty()));
    }

    /** The revisions that all of these runs have, each represented by its last revisions. */
    static CurrentRevisions shared(List<SortedSet<String>> runs, RevisionTree tree) {
        if (runs.stream().distinct().count() < 2) {
            return new CurrentRevisions(runs.stream().findFirst().orElseGet(TreeSet::new), Optional.empty());
        }
        Set<String> applied = new TreeSet<>(tree.withAncestors(runs.get(0)));
        runs.forEach(run -> applied.retainAll(tree.withAncestors(run)));
        return new CurrentRevisions(new TreeSet<>(tree.leaves(applied)), Optional.empty());
    }

    static CurrentRevisions unknown(String id) {
        return new CurrentRevisions(new TreeSet<>(List.of(id)), Optional.of(id));
    }
}
