package io.chartreuse.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.configuration.RetentionSetting;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Evidence;
import io.chartreuse.core.run.ExportFailure;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Removal;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.run.RunLink;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.model.ChartreuseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that is compared with what was exported of it: age, order and links of runs are those of the export. */
class ExportedRunsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");
    private static final Release TILL = new Release("till", Optional.of("north"));

    @TempDir
    Path directory;

    private static Run begun(String id, Release release, int daysAgo, Optional<RunLink> previous) {
        Instant at = NOW.minus(Duration.ofDays(daysAgo));
        Run run = new Run(
                        id,
                        "sha256:" + "ab".repeat(32),
                        release,
                        "1.0.0",
                        new Actor("ada", "laptop", 7),
                        at,
                        Optional.empty(),
                        Outcome.RUNNING,
                        Optional.empty(),
                        List.of())
                .with(new Evidence(previous, List.of(), List.of(), List.of(), List.of()));
        return run.with(at, Event.RUN_BEGUN, Optional.empty(), Optional.empty(), Optional.empty(), "");
    }

    private static RecordedRun recorded(Run run) {
        return RecordedRun.of(new Artifact(
                run.id(),
                run.release().name(),
                "1.5",
                run.startedAt(),
                RunDocument.write(run).toString(),
                "1"));
    }

    private static RecordedRun ended(String id, int daysAgo, Optional<RecordedRun> previous) {
        Run run = begun(id, TILL, daysAgo, previous.map(ExportedRunsTest::link));
        return recorded(run.ended(run.startedAt().plusSeconds(9), Outcome.SUCCEEDED, Optional.empty()));
    }

    private static RunLink link(RecordedRun run) {
        return new RunLink(run.name(), run.digest());
    }

    /** Runs t1, t2, … that ended so many days ago. */
    private static List<RecordedRun> chain(int... daysAgo) {
        List<RecordedRun> runs = new ArrayList<>();
        for (int days : daysAgo) {
            runs.add(ended("t" + (runs.size() + 1), days, runs.stream().reduce((older, newer) -> newer)));
        }
        return runs;
    }

    private static RecordedRun edited(RecordedRun run, Consumer<ObjectNode> edit) {
        ObjectNode document = run.document().deepCopy();
        edit.accept(document);
        return RecordedRun.of(new Artifact(run.name(), "till", "1.5", run.run().startedAt(), document.toString(), "1"));
    }

    private ExportedRuns exported(List<RecordedRun> runs) throws IOException {
        Path file = directory.resolve("runs.jsonl");
        Files.writeString(
                file, String.join("", runs.stream().map(RecordedRun::line).toList()));
        return ExportedRuns.read(file);
    }

    private static RemovalCheck keeping(int runs, Optional<String> known) {
        return new RemovalCheck(
                new RetentionSetting(Optional.of(runs), Optional.of(Duration.ofDays(30)), Optional.empty()),
                NOW,
                known);
    }

    private Optional<String> problem(List<RecordedRun> exported, List<RecordedRun> record, int kept)
            throws IOException {
        return exported(exported)
                .complete()
                .problem(TILL, VerifiedRuns.of(record), keeping(kept, Optional.empty()), run -> false);
    }

    private void assertProblem(String said, List<RecordedRun> exported, List<RecordedRun> record) throws IOException {
        String problem = problem(exported, record, 3).orElse("none");
        assertTrue(problem.contains(said), problem);
    }

    /** One run in place of all, which says that retention removed an old one that never was. */
    private static RecordedRun forged(String gone, int daysAgo) {
        RunLink link = new RunLink(gone, "sha256:" + "00".repeat(32));
        Run run = begun("forged", TILL, daysAgo, Optional.of(link));
        return recorded(run.with(new Evidence(
                        Optional.of(link), List.of(new Removal(link, NOW, "root")), List.of(), List.of(), List.of()))
                .ended(NOW, Outcome.SUCCEEDED, Optional.empty()));
    }

    @Test
    void whatIsOnRecordAsItWasExportedIsRight() throws IOException {
        List<RecordedRun> runs = chain(9, 8, 7);
        assertEquals(Optional.empty(), problem(runs, runs, 3));
    }

    @Test
    void aRunThatNamesAnInventedOneDoesNotReplaceYoungRuns() throws IOException {
        assertProblem(
                "run t1 was exported and is not on record, and retention would have kept it",
                chain(9, 8, 7),
                List.of(forged("20240101t000000z-aaaaaa", 0)));
        assertProblem("run t1 was exported", chain(9, 8, 7), List.of(forged("20240101t000000z-aaaaaa", 900)));
    }

    @Test
    void aRunThatNamesAnInventedOneDoesNotReplaceOldRuns() throws IOException {
        assertProblem(
                "removed run 20240101t000000z-aaaaaa and all before it, and no such run was exported",
                chain(90, 80),
                List.of(forged("20240101t000000z-aaaaaa", 0)));
        assertProblem("no such run was exported", chain(90, 80), List.of(forged("t2", 0)));
    }

    @Test
    void theNewestExportedRunIsNotRemovedBeforeAnOlderOne() throws IOException {
        RecordedRun first = recorded(begun("t1", TILL, 90, Optional.of(new RunLink("t0", "sha256:" + "00".repeat(32))))
                .ended(NOW, Outcome.SUCCEEDED, Optional.empty()));
        RecordedRun second = ended("t2", 80, Optional.of(first));
        assertProblem("run t2 was exported and is not on record", List.of(first, second), List.of(first));
    }

    @Test
    void whatRetentionRemovesIsNotMissed() throws IOException {
        List<RecordedRun> runs = chain(9, 8, 7, 6, 5);
        assertEquals(Optional.empty(), problem(runs, runs.subList(2, 5), 3));
        assertProblem("run t1 was exported", runs, runs.subList(3, 5));
        List<RecordedRun> old = chain(40, 31, 1);
        assertEquals(Optional.empty(), problem(old, old.subList(2, 3), 100));
    }

    @Test
    void aRemovalThatTheUserKnowsToBeRightIsNotMissed() throws IOException {
        List<RecordedRun> runs = chain(9, 8, 7);
        VerifiedRuns left = VerifiedRuns.of(runs.subList(2, 3));
        assertTrue(exported(runs)
                .problem(TILL, left, keeping(3, Optional.empty()), run -> false)
                .isPresent());
        assertEquals(Optional.empty(), exported(runs).problem(TILL, left, keeping(3, Optional.of("t2")), run -> false));
        assertTrue(exported(runs)
                .problem(TILL, left, keeping(3, Optional.of("t1")), run -> false)
                .isPresent());
    }

    @Test
    void aRunThatTheSinkDidNotGetIsReported() throws IOException {
        List<RecordedRun> runs = chain(9, 8, 7);
        assertProblem("run t3 is on record and was not exported", runs.subList(0, 2), runs);
        assertProblem("run t2 is on record and was not exported", List.of(runs.get(0), runs.get(2)), runs);
    }

    @Test
    void anExportOfAnEarlierDayKnowsNoLaterRuns() throws IOException {
        List<RecordedRun> runs = chain(9, 8, 7);
        RemovalCheck retention = keeping(3, Optional.empty());
        assertEquals(
                Optional.empty(),
                exported(runs.subList(0, 2)).problem(TILL, VerifiedRuns.of(runs), retention, run -> false));
        assertTrue(exported(List.of(runs.get(0), runs.get(2)))
                .problem(TILL, VerifiedRuns.of(runs), retention, run -> false)
                .isPresent());
    }

    @Test
    void runsFromBeforeTheSinkWasSetUpAreNotMissedInIt() throws IOException {
        List<RecordedRun> runs = chain(9, 8, 7);
        assertEquals(Optional.empty(), problem(runs.subList(1, 3), runs, 3));
    }

    @Test
    void runsOfOtherReleasesProveNothing() throws IOException {
        RecordedRun other = recorded(begun("o1", new Release("till", Optional.of("south")), 9, Optional.empty()));
        List<RecordedRun> runs = chain(9);
        assertEquals(Optional.empty(), problem(List.of(other, runs.get(0)), runs, 3));
        assertProblem("no line of what was exported is a run of release till (namespace north)", List.of(other), runs);
        assertProblem("no line of what was exported", List.of(), runs);
    }

    @Test
    void anInterruptedRunIsStillTheOneThatBegan() throws IOException {
        Run run = begun("t1", TILL, 1, Optional.empty());
        RecordedRun began = recorded(run);
        RecordedRun further =
                recorded(run.with(NOW, Event.STEP_BEGUN, Optional.of("s"), Optional.empty(), Optional.empty(), ""));
        assertEquals(Optional.empty(), problem(List.of(began), List.of(further), 3));

        List<RecordedRun> exported = List.of(began);
        assertProblem("it has other planId", exported, List.of(edited(further, doc -> doc.put("planId", "sha256:c"))));
        assertProblem(
                "it has other startedAt",
                exported,
                List.of(edited(further, doc -> doc.put("startedAt", NOW.toString()))));
        assertProblem(
                "it has other actor",
                exported,
                List.of(edited(further, doc -> doc.withObject("/actor").put("user", "mallory"))));
        assertProblem(
                "it has other entries",
                exported,
                List.of(edited(further, doc -> doc.withArray("entries").remove(0))));
        assertProblem(
                "it has other previous",
                exported,
                List.of(edited(
                        further,
                        doc -> doc.putObject("previous").put("run", "t0").put("digest", "sha256:" + "00".repeat(32)))));
        assertProblem(
                "run t1 has ended on record, and no exported line says so",
                exported,
                List.of(recorded(further.run().ended(NOW, Outcome.FAILED, Optional.empty()))));
    }

    @Test
    void aRunThatAnotherProcessWentOnWithHasItsActor() throws IOException {
        Run run = begun("t1", TILL, 1, Optional.empty());
        RecordedRun resumed = recorded(run.resumedBy(new Actor("bob", "server", 8))
                .with(NOW, Event.RUN_RESUMED, Optional.empty(), Optional.empty(), Optional.empty(), ""));
        ExportedRuns exported = exported(List.of(recorded(run)));
        RemovalCheck retention = keeping(3, Optional.empty());
        assertEquals(
                Optional.empty(), exported.problem(TILL, VerifiedRuns.of(List.of(resumed)), retention, any -> false));
        assertProblem("run t1 was resumed on record", List.of(recorded(run)), List.of(resumed));
    }

    private static RecordedRun unexported(RecordedRun run, boolean... ended) {
        List<ExportFailure> failures = new ArrayList<>();
        for (boolean end : ended) {
            failures.add(new ExportFailure("audit.sink.webhook", "the webhook answered 503", end));
        }
        return edited(run, document -> document.setAll(RunDocument.with(failures, document)));
    }

    private void assertExplained(List<RecordedRun> exported, List<RecordedRun> record) throws IOException {
        assertEquals(
                Optional.empty(),
                exported(exported)
                        .complete()
                        .problem(TILL, VerifiedRuns.of(record), keeping(3, Optional.empty()), run -> true));
        assertProblem(
                "its record says that its export to audit.sink.webhook failed when the run",
                exported,
                record); // no proof
    }

    @Test
    void aProvenRecordSaysWhyItsRunIsNotInTheExport() throws IOException {
        List<RecordedRun> runs = chain(9, 8);
        assertExplained(runs.subList(0, 1), List.of(runs.get(0), unexported(runs.get(1), false, true)));

        RecordedRun began = recorded(begun("t3", TILL, 7, Optional.of(link(runs.get(1)))));
        RecordedRun ended = recorded(began.run().ended(NOW, Outcome.SUCCEEDED, Optional.empty()));
        assertExplained(
                List.of(runs.get(0), runs.get(1), began), List.of(runs.get(0), runs.get(1), unexported(ended, true)));
    }

    @Test
    void aFailureAtOneTimeDoesNotExplainWhatIsMissingOfAnother() throws IOException {
        List<RecordedRun> runs = chain(9, 8);
        List<RecordedRun> record = List.of(runs.get(0), unexported(runs.get(1), false));
        assertTrue(exported(runs.subList(0, 1))
                .complete()
                .problem(TILL, VerifiedRuns.of(record), keeping(3, Optional.empty()), run -> true)
                .isPresent());
    }

    @Test
    void aRunThatFailedAndWentOnUnexportedIsStillTheOneThatBegan() throws IOException {
        Run run = begun("t1", TILL, 1, Optional.empty());
        RecordedRun failed = recorded(run.ended(NOW, Outcome.FAILED, Optional.empty()));
        Run resumed = failed.run()
                .resumedBy(new Actor("bob", "server", 8))
                .with(NOW, Event.RUN_RESUMED, Optional.empty(), Optional.empty(), Optional.empty(), "")
                .ended(NOW, Outcome.SUCCEEDED, Optional.empty());
        RecordedRun now = unexported(recorded(resumed), false, true);
        assertExplained(List.of(failed), List.of(now));
        RecordedRun edited =
                edited(now, document -> document.withArray("entries").remove(0));
        assertTrue(exported(List.of(failed))
                .complete()
                .problem(TILL, VerifiedRuns.of(List.of(edited)), keeping(3, Optional.empty()), any -> true)
                .isPresent());
    }

    @Test
    void aFailureThatWasWrittenAfterTheEndDoesNotChangeWhatAnotherReceiverGot() throws IOException {
        List<RecordedRun> runs = chain(9);
        assertEquals(Optional.empty(), problem(runs, List.of(unexported(runs.get(0), true)), 3));
        assertProblem(
                "is not what was exported",
                runs,
                List.of(edited(unexported(runs.get(0), true), document -> document.put("outcome", "failed"))));
    }

    @Test
    void aLineThatWasChangedIsNothingToCompareWith() throws IOException {
        Path file = directory.resolve("runs.jsonl");
        Files.writeString(file, chain(1).get(0).line().replace("laptop", "server"));
        String message = assertThrows(ChartreuseException.class, () -> ExportedRuns.read(file))
                .getMessage();
        assertTrue(message.contains("changed after it was exported"), message);
    }
}
