package io.chartreuse.provider.postgres.alembic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    /** a ◁ b1, b2 ◁ m; x on its own, y follows x and depends on b2. */
    private static final RevisionTree TREE = new RevisionTree(List.of(
            revision("m", List.of("b1", "b2"), List.of()),
            revision("b1", List.of("a"), List.of()),
            revision("b2", List.of("a"), List.of()),
            revision("a", List.of(), List.of()),
            revision("y", List.of("x"), List.of("b2")),
            revision("x", List.of(), List.of())));

    private static Revision revision(String id, List<String> parents, List<String> dependencies) {
        return new Revision(id, parents, dependencies, id + ".py", id);
    }

    private static Comparison comparison(Set<String> current, Set<String> targets) {
        return new Comparison(TREE, new CurrentRevisions(new TreeSet<>(current), Optional.empty()), targets);
    }

    private static List<String> pending(Comparison comparison) {
        return comparison.pending().stream().map(Revision::id).toList();
    }

    @Test
    void eachComesAfterWhatItNeeds() {
        assertEquals(
                List.of("a", "b1", "b2", "m", "x", "y"), pending(comparison(Set.of(), new TreeSet<>(TREE.heads()))));
        assertEquals(List.of("x", "a", "b2", "y"), pending(comparison(Set.of(), Set.of("y"))));
    }

    @Test
    void whatOthersDependOnIsToldBesideThem() {
        assertEquals(Optional.of("b2, y"), comparison(Set.of(), Set.of("y")).goal());
        assertEquals(
                Optional.of("m, y"),
                comparison(Set.of("b2", "y"), new TreeSet<>(TREE.heads())).goal());
    }

    @Test
    void aMergePointNeedsBothOfItsSides() {
        assertEquals(List.of("b2", "m"), pending(comparison(Set.of("b1"), Set.of("m"))));
        assertEquals(List.of(), pending(comparison(Set.of("m"), Set.of("m"))));
    }

    @Test
    void aheadIsWhatFollowsTheTargetAndNotWhatStandsBesideIt() {
        assertTrue(comparison(Set.of("m"), Set.of("b1")).ahead());
        assertTrue(comparison(Set.of("y"), Set.of("b2")).ahead());
        assertFalse(comparison(Set.of("b2"), Set.of("b1")).ahead());
        assertEquals(
                Optional.of("b1, b2"), comparison(Set.of("b2"), Set.of("b1")).goal());
    }

    @Test
    void thousandsInARowAreNoBurden() {
        List<Revision> row = new ArrayList<>();
        for (int number = 0; number < 20_000; number++) {
            row.add(revision("r" + number, number == 0 ? List.of() : List.of("r" + (number - 1)), List.of()));
        }
        RevisionTree tree = new RevisionTree(row);

        assertEquals(20_000, tree.withAncestors(tree.heads()).size());
    }

    private static Optional<AlembicState> withRows(RevisionTree tree, Set<String> rows) {
        CurrentRevisions none = new CurrentRevisions(new TreeSet<>(), Optional.empty());
        return new AlembicState(
                        tree,
                        "env.py",
                        new TreeSet<>(),
                        Optional.of(none),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        false,
                        false,
                        false)
                .withRows(rows);
    }

    @Test
    void rowsOfTheVersionTableAreUnderstoodWhereRevisionsOnlyFollowEachOther() {
        RevisionTree tree = new RevisionTree(List.of(
                revision("m", List.of("b1", "b2"), List.of()),
                revision("b1", List.of("a"), List.of()),
                revision("b2", List.of("a"), List.of()),
                revision("a", List.of(), List.of())));

        assertEquals(
                Set.of("b1", "b2"),
                withRows(tree, Set.of("b1", "b2"))
                        .flatMap(AlembicState::current)
                        .orElseThrow()
                        .revisions());
        assertEquals(
                Set.of("m"),
                withRows(tree, Set.of("a", "m"))
                        .flatMap(AlembicState::current)
                        .orElseThrow()
                        .revisions());
        assertEquals(Optional.empty(), withRows(tree, Set.of("unknown")), "an error that Alembic explains");
        assertEquals(Optional.empty(), withRows(TREE, Set.of("a")), "others depend on some of them");
    }
}
