package io.chartreuse.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Evidence;
import io.chartreuse.core.run.Link;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Removal;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.spi.Artifact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChainTest {

    private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");

    private static Run run(String id, Optional<Link> previous, Optional<Link> removed) {
        return new Run(
                        id,
                        "sha256:" + "ab".repeat(32),
                        new Release("shop", Optional.empty()),
                        "1.0.0",
                        new Actor("ada", "laptop", 7),
                        NOW,
                        Optional.of(NOW),
                        Outcome.SUCCEEDED,
                        Optional.empty(),
                        List.of())
                .with(new Evidence(
                        previous,
                        removed.stream()
                                .map(link -> new Removal(link, NOW, "ada"))
                                .toList(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private static Recorded recorded(String name, String content) {
        return Recorded.of(new Artifact(name, "shop", "1.1", NOW, content, "1"));
    }

    private static Recorded recorded(Run run) {
        return recorded(run.id(), RunDocument.write(run).toString());
    }

    private static Recorded after(Recorded previous, String id) {
        return recorded(run(id, Optional.of(new Link(previous.name(), previous.digest())), Optional.empty()));
    }

    private static Recorded first() {
        return recorded(run("a", Optional.empty(), Optional.empty()));
    }

    private static List<Recorded> three() {
        Recorded a = first();
        Recorded b = after(a, "b");
        return List.of(a, b, after(b, "c"));
    }

    private static void assertBroken(String problem, Recorded... runs) {
        String found = Chain.of(List.of(runs)).problem().orElse("none");
        assertTrue(found.contains(problem), found);
    }

    private static List<String> names(Chain chain) {
        return chain.runs().stream().map(Recorded::name).toList();
    }

    @Test
    void runsThatNameOneAnotherFitInWhateverOrderClocksPutThem() {
        List<Recorded> runs = three();
        Chain chain = Chain.of(List.of(runs.get(2), runs.get(0), runs.get(1)));
        assertEquals(Optional.empty(), chain.problem());
        assertEquals(List.of("a", "b", "c"), names(chain));
        assertEquals(Optional.empty(), Chain.of(List.of()).problem());
    }

    @Test
    void whatTheDigestCoversIsTheValueAndNotTheWayItIsWritten() {
        List<Recorded> runs = three();
        String spaced = runs.get(0).document().toPrettyString();
        assertEquals(runs.get(0).digest(), recorded("a", spaced).digest());
    }

    @Test
    void aRecordThatWasEditedIsNamed() {
        List<Recorded> runs = three();
        String edited = runs.get(1).document().toString().replace("laptop", "server");
        assertBroken(
                "the record of run b is not what it was when run c began",
                runs.get(0),
                recorded("b", edited),
                runs.get(2));
    }

    @Test
    void aFieldThatNobodyKnowsIsCoveredToo() {
        List<Recorded> runs = three();
        String more = RunDocument.write(runs.get(0).run()).put("later", true).toString();
        assertBroken("the record of run a", recorded("a", more), runs.get(1), runs.get(2));
    }

    @Test
    void aRunThatWasTakenOutIsMissed() {
        List<Recorded> runs = three();
        assertBroken("run c names run b as the one before it, which is not on record", runs.get(0), runs.get(2));
        assertBroken("run b names run a as the one before it, which is not on record", runs.get(1), runs.get(2));
    }

    @Test
    void aRunThatWasPutInIsFound() {
        List<Recorded> runs = new ArrayList<>(three());
        runs.add(after(runs.get(0), "x"));
        assertBroken("runs b and x both name run a", runs.toArray(Recorded[]::new));
        assertBroken(
                "run x says that no run was before it, but run b",
                first(),
                after(first(), "b"),
                recorded(run("x", Optional.empty(), Optional.empty())));
    }

    @Test
    void aRunUnderAnotherNameIsFound() {
        Recorded a = first();
        assertBroken(
                "what is stored as run z is the record of run a",
                recorded("z", a.document().toString()));
    }

    @Test
    void whatRetentionRemovedIsNotMissed() {
        Recorded a = first();
        Recorded b = after(a, "b");
        Link link = new Link("b", b.digest());
        Recorded c = recorded(run("c", Optional.of(link), Optional.of(new Link("a", a.digest()))));
        assertEquals(Optional.empty(), Chain.of(List.of(b, c)).problem());
        assertBroken("run c names run b", c);
    }

    @Test
    void whatIsStillThereOfTheRemovedIsNoPartOfTheChain() {
        Recorded a = first();
        Recorded b = after(a, "b");
        Recorded c = after(b, "c");
        Recorded d = recorded(run("d", Optional.of(new Link("c", c.digest())), Optional.of(new Link("b", b.digest()))));
        assertEquals(List.of("c", "d"), names(Chain.of(List.of(a, b, c, d))));
        assertEquals(List.of("c", "d"), names(Chain.of(List.of(b, c, d))));
        assertEquals(Optional.empty(), Chain.of(List.of(b, c, d)).problem());
        assertEquals(Set.of("a", "b"), Chain.removed(List.of(a, b, c, d)));
    }

    @Test
    void aRunThatSaysItWasRemovedItselfRemovesNothing() {
        Recorded a = first();
        Recorded b = recorded(run(
                "b", Optional.of(new Link("a", a.digest())), Optional.of(new Link("b", "sha256:" + "00".repeat(32)))));
        assertEquals(List.of("a", "b"), names(Chain.of(List.of(a, b))));
    }

    @Test
    void aRecordHasTheDigestsThatItHadBeforeEachRemoval() {
        Recorded a = first();
        Link link = new Link("x", a.digest());
        Recorded once = recorded(
                "a",
                RunDocument.with(new Removal(link, NOW, "ada"), a.document()).toString());
        Recorded twice = recorded(
                "a",
                RunDocument.with(new Removal(link, NOW, "eve"), once.document()).toString());
        assertEquals(List.of(twice.digest(), once.digest(), a.digest()), RunDocument.digests(twice.document()));
    }

    @Test
    void runsFromBeforeTheChainStandForThemselves() {
        String old = RunDocument.write(run("old", Optional.empty(), Optional.empty()))
                .put("formatVersion", "1.0")
                .toString();
        Recorded a = recorded("old", old);
        Recorded b = recorded("older", old.replace("\"old\"", "\"older\""));
        Chain chain = Chain.of(List.of(b, a, after(a, "new")));
        assertEquals(Optional.empty(), chain.problem());
        assertEquals(List.of("older", "old", "new"), names(chain));
    }

    private static Recorded unchained(String id, Instant startedAt) {
        return recorded(
                id,
                RunDocument.write(run(id, Optional.empty(), Optional.empty()))
                        .put("formatVersion", "1.0")
                        .put("startedAt", startedAt.toString())
                        .toString());
    }

    @Test
    void aRunOfTheOldFormatIsNotPutIntoAReleaseThatBeganWithAChain() {
        Recorded a = first();
        assertBroken("was put in later", unchained("x", NOW.minusSeconds(9)), a, after(a, "b"));
    }

    @Test
    void aRunOfTheOldFormatIsNoYoungerThanTheChain() {
        Recorded old = unchained("old", NOW);
        assertBroken("began after run old", old, unchained("x", NOW.plusSeconds(9)), after(old, "b"));
    }

    @Test
    void runsThatNameEachOtherInARingAreNoChain() {
        Link toB = new Link("b", "sha256:" + "00".repeat(32));
        Link toA = new Link("a", "sha256:" + "00".repeat(32));
        assertBroken(
                "in a ring",
                recorded(run("a", Optional.of(toB), Optional.empty())),
                recorded(run("b", Optional.of(toA), Optional.empty())));
    }
}
