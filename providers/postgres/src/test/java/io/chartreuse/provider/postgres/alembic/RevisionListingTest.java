package io.chartreuse.provider.postgres.alembic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RevisionListingTest {

    private static List<Revision> parsed(String text) {
        return RevisionListing.parse(text.lines().toList());
    }

    @Test
    void entriesAreReadWithWhatTheyFollowAndNeed() {
        List<Revision> revisions = parsed("""
                a script prints this
                Rev: c3 (head) (mergepoint)
                Merges: a1, b2
                Also depends on: d4, other
                Branch names: billing, shop
                Path: /app/versions/c3_x.py

                    add orders,
                    and more
                   \s
                    Revision ID: c3
                    Rev: not one

                Rev: a1
                Parent: <base>
                Path: versions/a1.py

                """);

        assertEquals(
                List.of(
                        new Revision(
                                "c3",
                                List.of("a1", "b2"),
                                List.of("d4", "other"),
                                "/app/versions/c3_x.py",
                                "add orders, and more"),
                        new Revision("a1", List.of(), List.of(), "versions/a1.py", "")),
                revisions);
    }

    @Test
    void whatIsNoListingHasNoEntries() {
        assertEquals(List.of(), parsed("nothing\nRevision: x\n"));
    }
}
