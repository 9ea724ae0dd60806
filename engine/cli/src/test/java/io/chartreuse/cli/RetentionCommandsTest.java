package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention and the page for auditors, as commands. */
class RetentionCommandsTest {

    @TempDir
    private Path directory;

    private Desk desk;
    private int target = 8;

    @BeforeEach
    void aRelease() {
        desk = Desk.usual(directory);
    }

    private Said apply() {
        desk.world.target("main", ++target);
        desk.clock = Clock.fixed(Desk.NOW.plusSeconds(60L * target), ZoneOffset.UTC);
        return desk.run("apply", "--yes");
    }

    private void retain(String setting) {
        desk.write("version: 1\nrelease: shop\nbackend: file\nretention: " + setting + "\nmemory: {}\n");
    }

    private int runs() {
        return desk.run("audit", "list", "-o", "json").json().path("runs").size();
    }

    private Path aRun() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(".chartreuse/shop/runs"))) {
            return files.sorted().toList().get(1);
        }
    }

    @Test
    void applyKeepsNoMoreThanRetentionSays() {
        retain("{runs: 2}");
        for (int i = 0; i < 4; i++) {
            assertEquals(0, apply().code());
        }
        assertEquals(2, runs());
        assertTrue(desk.run("audit", "verify").out().contains("which retention removed"));
    }

    @Test
    void anotherRetentionMakesNoPlanStale() {
        desk.run("plan", "--out", directory.resolve("plan.json").toString());
        retain("{runs: 7}");
        assertEquals(
                0, desk.run("apply", directory.resolve("plan.json").toString()).code());
    }

    @Test
    void pruneSaysWhatItWouldTakeAndThenTakesIt() {
        apply();
        apply();
        retain("{runs: 1}");
        assertTrue(desk.run("audit", "prune", "--dry-run").out().contains("Would take off the record: 1 run, 1 plan"));
        assertEquals(2, runs());
        assertTrue(desk.run("audit", "prune").out().contains("Taken off the record: 1 run, 1 plan, 0 approvals."));
        assertEquals(1, runs());
        assertTrue(desk.run("audit", "prune").out().contains("Nothing is over"));
    }

    @Test
    void aRemovalThatRetentionWouldNotHaveMadeIsFound() {
        apply();
        apply();
        retain("{runs: 1}");
        assertEquals(0, desk.run("audit", "prune").code());
        assertEquals(0, desk.run("audit", "verify").code());
        retain("{runs: 50}");
        Said said = desk.run("audit", "verify");
        assertEquals(1, said.code(), said.all());
        assertTrue(said.err().contains("[audit.removal-undue]"), said.all());
        assertTrue(said.err().contains("it left 1 run, and the configuration keeps 50 runs"), said.all());
        String removed = said.err().replaceAll("(?s).*removed run (\\S+) and all before.*", "$1");
        assertEquals(1, desk.run("audit", "verify", "--removed", "another").code(), removed);
    }

    @Test
    void aRecordThatCannotBeTidiedFailsNoRun() throws IOException {
        apply();
        apply();
        apply();
        Files.delete(aRun());
        retain("{runs: 1}");
        Said said = apply();
        assertEquals(0, said.code());
        assertTrue((said.out() + said.err()).contains("could not be tidied"), said.all());
        assertEquals(1, desk.run("audit", "prune").code());
        assertEquals(3, runs());
    }

    @Test
    void aReportIsWrittenForTheLatestRunOrTheOneThatIsNamed() throws IOException {
        apply();
        Path file = directory.resolve("run.html");
        assertEquals(0, desk.run("audit", "report", "--html", file.toString()).code());
        assertTrue(Files.readString(file).contains("Everything in the plan was done."));
        assertEquals(
                0,
                desk.run("audit", "report", "--html", file.toString(), "2026").code());
        assertEquals(
                64,
                desk.run("audit", "report", "--html", file.toString(), "nothing")
                        .code());
        assertEquals(64, desk.run("audit", "report").code());
        assertEquals(
                64,
                desk.run(
                                "audit",
                                "report",
                                "--html",
                                directory.resolve("no/x.html").toString())
                        .code());
        assertFalse(Files.exists(directory.resolve("no")));
    }

    @Test
    void aReportOfARecordThatDoesNotHoldSaysSo() throws IOException {
        apply();
        apply();
        apply();
        Files.delete(aRun());
        Path file = directory.resolve("run.html");
        Said said = desk.run("audit", "report", "--html", file.toString());
        assertEquals(0, said.code());
        assertTrue(said.err().contains("the record does not hold"), said.all());
        assertTrue(Files.readString(file).contains("The record does not hold"));
    }

    @Test
    void filtersAreCombinedAndATableIsAnOutput() {
        apply();
        assertEquals(
                desk.run("audit", "list").out(),
                desk.run("audit", "list", "--output", "table").out());
        assertTrue(desk.run("audit", "list", "--outcome", "succeeded", "--since", "1h")
                .out()
                .contains("succeeded"));
        assertTrue(desk.run("audit", "list", "--outcome", "failed", "--since", "1h")
                .out()
                .contains("No run on record fits."));
        assertEquals(64, desk.run("audit", "show", "--output", "table").code());
    }
}
