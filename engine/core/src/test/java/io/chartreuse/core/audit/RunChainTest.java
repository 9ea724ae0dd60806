package io.chartreuse.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Evidence;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Removal;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.run.RunLink;
import io.chartreuse.spi.backend.Artifact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RunChainTest {

    private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");

    private static Run run(String id, Optional<RunLink> previous, Optional<RunLink> removed) {
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

    private static RecordedRun recorded(String name, String content) {
        return RecordedRun.of(new Artifact(name, "shop", "1.1", NOW, content, "1"));
    }

    private static RecordedRun recorded(Run run) {
        return recorded(run.id(), RunDocument.write(run).toString());
    }

    private static RecordedRun after(RecordedRun previous, String id) {
        return recorded(run(id, Optional.of(new RunLink(previous.name(), previous.digest())), Optional.empty()));
    }

    private static RecordedRun first() {
        return recorded(run("a", Optional.empty(), Optional.empty()));
    }

    private static List<RecordedRun> three() {
        RecordedRun a = first();
        RecordedRun b = after(a, "b");
        return List.of(a, b, after(b, "c"));
    }

    private static void assertBroken(String problem, RecordedRun... runs) {
        String found = RunChain.of(List.of(runs)).problem().orElse("none");
        assertTrue(found.contains(problem), found);
    }

    private static List<String> names(RunChain chain) {
        return chain.runs().stream().map(RecordedRun::name).toList();
    }

    @Test
    void runsThatNameOneAnotherFitInWhateverOrderClocksPutThem() {
        List<RecordedRun> runs = three();
        RunChain chain = RunChain.of(List.of(runs.get(2), runs.get(0), runs.get(1)));
        assertEquals(Optional.empty(), chain.problem());
        assertEquals(List.of("a", "b", "c"), names(chain));
        assertEquals(Optional.empty(), RunChain.of(List.of()).problem());
    }

    @Test
    void whatTheDigestCoversIsTheValueAndNotTheWayItIsWritten() {
        List<RecordedRun> runs = three();
        String spaced = runs.get(0).document().toPrettyString();
        assertEquals(runs.get(0).digest(), recorded("a", spaced).digest());
    }

    @Test
    void aRecordThatWasEditedIsNamed() {
        List<RecordedRun> runs = three();
        String edited = runs.get(1).document().toString().replace("laptop", "server");
        assertBroken(
                "the record of run b is not what it was when run c began",
                runs.get(0),
                recorded("b", edited),
                runs.get(2));
    }

    @Test
    void aFieldThatNobodyKnowsIsCoveredToo() {
        List<RecordedRun> runs = three();
        String more = RunDocument.write(runs.get(0).run()).put("later", true).toString();
        assertBroken("the record of run a", recorded("a", more), runs.get(1), runs.get(2));
    }

    @Test
    void aRunThatWasTakenOutIsMissed() {
        List<RecordedRun> runs = three();
        assertBroken("run c names run b as the one before it, which is not on record", runs.get(0), runs.get(2));
        assertBroken("run b names run a as the one before it, which is not on record", runs.get(1), runs.get(2));
    }

    @Test
    void aRunThatWasPutInIsFound() {
        List<RecordedRun> runs = new ArrayList<>(three());
        runs.add(after(runs.get(0), "x"));
        assertBroken("runs b and x both name run a", runs.toArray(RecordedRun[]::new));
        assertBroken(
                "run x says that no run was before it, but run b",
                first(),
                after(first(), "b"),
                recorded(run("x", Optional.empty(), Optional.empty())));
    }

    @Test
    void aRunUnderAnotherNameIsFound() {
        RecordedRun a = first();
        assertBroken(
                "what is stored as run z is the record of run a",
                recorded("z", a.document().toString()));
    }

    @Test
    void whatRetentionRemovedIsNotMissed() {
        RecordedRun a = first();
        RecordedRun b = after(a, "b");
        RunLink link = new RunLink("b", b.digest());
        RecordedRun c = recorded(run("c", Optional.of(link), Optional.of(new RunLink("a", a.digest()))));
        assertEquals(Optional.empty(), RunChain.of(List.of(b, c)).problem());
        assertBroken("run c names run b", c);
    }

    @Test
    void whatIsStillThereOfTheRemovedIsNoPartOfTheChain() {
        RecordedRun a = first();
        RecordedRun b = after(a, "b");
        RecordedRun c = after(b, "c");
        RecordedRun d = recorded(
                run("d", Optional.of(new RunLink("c", c.digest())), Optional.of(new RunLink("b", b.digest()))));
        assertEquals(List.of("c", "d"), names(RunChain.of(List.of(a, b, c, d))));
        assertEquals(List.of("c", "d"), names(RunChain.of(List.of(b, c, d))));
        assertEquals(Optional.empty(), RunChain.of(List.of(b, c, d)).problem());
        assertEquals(Set.of("a", "b"), RunChain.removed(List.of(a, b, c, d)));
    }

    @Test
    void aRunThatSaysItWasRemovedItselfRemovesNothing() {
        RecordedRun a = first();
        RecordedRun b = recorded(run(
                "b",
                Optional.of(new RunLink("a", a.digest())),
                Optional.of(new RunLink("b", "sha256:" + "00".repeat(32)))));
        assertEquals(List.of("a", "b"), names(RunChain.of(List.of(a, b))));
    }

    @Test
    void aRecordHasTheDigestsThatItHadBeforeEachRemoval() {
        RecordedRun a = first();
        RunLink link = new RunLink("x", a.digest());
        RecordedRun once = recorded(
                "a",
                RunDocument.with(new Removal(link, NOW, "ada"), a.document()).toString());
        RecordedRun twice = recorded(
                "a",
                RunDocument.with(new Removal(link, NOW, "eve"), once.document()).toString());
        assertEquals(List.of(twice.digest(), once.digest(), a.digest()), RunDocument.digests(twice.document()));
    }

    @Test
    void runsFromBeforeTheChainStandForThemselves() {
        String old = RunDocument.write(run("old", Optional.empty(), Optional.empty()))
                .put("formatVersion", "1.0")
                .toString();
        RecordedRun a = recorded("old", old);
        RecordedRun b = recorded("older", old.replace("\"old\"", "\"older\""));
        RunChain chain = RunChain.of(List.of(b, a, after(a, "new")));
        assertEquals(Optional.empty(), chain.problem());
        assertEquals(List.of("older", "old", "new"), names(chain));
    }

    private static RecordedRun unchained(String id, Instant startedAt) {
        return recorded(
                id,
                RunDocument.write(run(id, Optional.empty(), Optional.empty()))
                        .put("formatVersion", "1.0")
                        .put("startedAt", startedAt.toString())
                        .toString());
    }

    @Test
    void aRunOfTheOldFormatIsNotPutIntoAReleaseThatBeganWithAChain() {
        RecordedRun a = first();
        assertBroken("was put in later", unchained("x", NOW.minusSeconds(9)), a, after(a, "b"));
    }

    @Test
    void aRunOfTheOldFormatIsNoYoungerThanTheChain() {
        RecordedRun old = unchained("old", NOW);
        assertBroken("began after run old", old, unchained("x", NOW.plusSeconds(9)), after(old, "b"));
    }

    @Test
    void runsThatNameEachOtherInARingAreNoChain() {
        RunLink toB = new RunLink("b", "sha256:" + "00".repeat(32));
        RunLink toA = new RunLink("a", "sha256:" + "00".repeat(32));
        assertBroken(
                "in a ring",
                recorded(run("a", Optional.of(toB), Optional.empty())),
                recorded(run("b", Optional.of(toA), Optional.empty())));
    }
}
