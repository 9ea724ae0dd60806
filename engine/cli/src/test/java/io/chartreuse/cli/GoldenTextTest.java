package io.chartreuse.cli;

import io.chartreuse.cli.Desk.Said;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read, command by command. */
final class GoldenTextTest {

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
    }

    private static void assertReads(String name, Said said) {
        Golden.assertSame(name, said.all());
    }

    @Test
    void aPlanShowsDatabasesWorkloadsStagesAndASummary() {
        assertReads("plan", desk.run("plan"));
    }

    @Test
    void aPlanWithoutUnicodeIsReadableToo() {
        desk.unicode = false;
        assertReads("plan-ascii", desk.run("plan"));
    }

    @Test
    void aPlanOnATerminalIsColoured() {
        assertReads("plan-coloured", desk.onTerminal("").run("plan"));
    }

    @Test
    void aPlanWithNothingToDoSaysSo() {
        desk.world.target("main", 5);
        assertReads("plan-empty", desk.run("plan"));
    }

    @Test
    void aPlanShowsWarnings() {
        assertReads("plan-warning", desk.configure("  behaviour: warning\n").run("plan"));
    }

    @Test
    void anApplyShowsItsProgressAndItsResult() {
        assertReads("apply", desk.run("apply", "--yes", "--parallelism", "1"));
    }

    @Test
    void aFailedMigrationHoldsWorkloadsAndSaysSoLoudly() {
        desk.world.failAt("main", 7);
        assertReads("apply-held", desk.run("apply", "--yes", "--parallelism", "1"));
    }

    @Test
    void aFailureBeforeAnyMigrationRestoresWorkloads() {
        desk.world.failAt("main", 6);
        assertReads("apply-restored", desk.run("apply", "--yes", "--parallelism", "1"));
    }

    @Test
    void aPlanThatWasCarriedOutBeforeSaysWhen() {
        desk.run("plan", "--out", directory + "/plan.json");
        desk.run("apply", directory + "/plan.json");
        assertReads("apply-again", desk.run("apply", directory + "/plan.json"));
    }

    @Test
    void aRestoreShowsWhatItBringsBack() {
        desk.world.failAt("main", 7);
        desk.run("apply", "--yes");
        assertReads("restore", desk.run("restore", "--parallelism", "1"));
    }

    @Test
    void aStatusShowsWhatIsPending() {
        assertReads("status-pending", desk.run("status"));
    }

    @Test
    void aStatusAfterAFailureShowsWhatIsStopped() {
        desk.world.failAt("main", 7);
        desk.run("apply", "--yes");
        assertReads("status-held", desk.run("status"));
    }

    @Test
    void databasesThatWereNotBegunAreTold() {
        desk.world.target("stock", 4).order("stock", 1).failAt("main", 6);
        assertReads("apply-dependent", desk.run("apply", "--yes", "--parallelism", "1"));
        assertReads("status-dependent", desk.run("status"));
        assertReads("audit-dependent", desk.run("audit", "show"));
    }

    @Test
    void aStatusWithoutTheDatabasesTellsTheRest() {
        desk.world.failAt("main", 7);
        desk.run("apply", "--yes");
        desk.world.unreadable(true);
        assertReads("status-unreadable", desk.run("status"));
    }

    @Test
    void aDoctorFindsAllInOrder() {
        assertReads("doctor", desk.run("doctor"));
    }

    @Test
    void aDoctorTellsWhatIsMissingAndHowToMendIt() {
        desk.world.withhold("memory.workload/web", true);
        assertReads("doctor-missing", desk.run("doctor"));
    }

    @Test
    void aRepairIsShownDoneAndWhatIsNobodysIsLeft() {
        desk.world.leave("main", "index public.orders_code", true).leave("main", "index public.other", false);
        assertReads("repair", desk.run("repair", "--yes"));
    }

    @Test
    void anApplyThatLacksSomethingIsRefusedBeforeItTouchesAnything() {
        desk.world.withhold("memory.workload/web", true);
        assertReads("apply-refused", desk.run("apply", "--yes"));
    }

    @Test
    void aRestoreThatFailsIsSaidLast() {
        desk.world.failAt("main", 6).refuseToStart("web", true);
        assertReads("apply-unrestored", desk.run("apply", "--yes", "--parallelism", "1"));
    }

    @Test
    void theAuditListsRunsAndShowsOneEntryByEntry() {
        desk.run("apply", "--yes", "--parallelism", "1");
        assertReads("audit-list", desk.run("audit", "list"));
        assertReads("audit-show", desk.run("audit", "show"));
    }

    @Test
    void theHelpNamesEachCommandAndExitCode() {
        assertReads("help", desk.runBare("--help"));
    }

    @Test
    void theHelpOfApplyNamesEachOption() {
        assertReads("help-apply", desk.runBare("apply", "--help"));
    }
}
