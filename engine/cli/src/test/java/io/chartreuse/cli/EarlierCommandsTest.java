package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the earlier tool's commands do before they reach a database, and the error under a chart of another version. */
final class EarlierCommandsTest {

    @TempDir
    Path directory;

    private Desk desk;
    private String untouched;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        untouched = desk.world.state();
        desk.environment.put("CHARTREUSE_RELEASE_NAME", "shop");
        desk.environment.put("CHARTREUSE_ENABLE_STOP_PODS", "false");
        desk.environment.put("CHARTREUSE_ALEMBIC_URL", "postgresql://user:Mark3d@127.0.0.1:1/shop");
        desk.environment.put("CHARTREUSE_ALEMBIC_POSTGRES_WAIT_CONFIGURED_TIMEOUT", "0");
    }

    private static void assertSays(int code, Said said, String... words) {
        assertEquals(code, said.code(), said.all());
        for (String word : words) {
            assertTrue(said.all().contains(word), "should say " + word + ": " + said.all());
        }
        assertFalse(said.all().contains("Mark3d"), said.all());
    }

    @Test
    void aDatabaseThatIsDownIsAFailureWithoutItsPassword() {
        assertSays(1, desk.runBare("earlier-upgrade"), "[postgres.unreachable]");
        assertSays(1, desk.runBare("earlier-upgrade", "--output", "json", "--debug"), "postgres.unreachable");
    }

    @Test
    void aDatabaseThatIsDownIsWaitedForNoLongerThanWasSaid() {
        desk.clock = java.time.Clock.systemUTC();
        desk.environment.put("CHARTREUSE_ALEMBIC_POSTGRES_WAIT_CONFIGURED_TIMEOUT", "3");
        Instant begin = Instant.now();
        assertSays(1, desk.runBare("earlier-upgrade"), "[postgres.unreachable]");
        Duration waited = Duration.between(begin, Instant.now());
        assertTrue(waited.compareTo(Duration.ofSeconds(3)) >= 0, () -> "only " + waited);
    }

    @Test
    void whoseReleaseItIsMustBeKnown() {
        desk.environment.remove("CHARTREUSE_RELEASE_NAME");
        assertSays(64, desk.runBare("earlier-upgrade"), "CHARTREUSE_RELEASE_NAME is not set");
        assertSays(64, desk.runBare("earlier-restore"), "CHARTREUSE_RELEASE_NAME is not set");
    }

    @Test
    void aRestoreAsksForNothingWhereNothingIsStopped() {
        desk.environment.put("CHARTREUSE_ALEMBIC_URL", "nonsense");
        assertSays(0, desk.runBare("earlier-restore"), "Nothing to do", "CHARTREUSE_ENABLE_STOP_PODS");
    }

    @Test
    void whatIsWrongWithTheYamlIsToldWithItsPlace() throws Exception {
        Path file = Files.writeString(directory.resolve("old.yaml"), "databases:\n  main:\n    password: Mark3d\n");
        desk.environment.put("CHARTREUSE_MULTI_CONFIG_PATH", file.toString());
        assertSays(64, desk.runBare("earlier-upgrade"), "DIRECTORY/old.yaml:2:3", "`databases.main.host` is missing");
    }

    @Test
    void theyAreNotAmongTheCommandsThatHelpShows() {
        assertFalse(desk.runBare("--help").all().contains("earlier-upgrade"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "apply --yes", "restore", "repair", "unlock --yes", "doctor"})
    void whatPlansTouchesOrJudgesNeedsAChartOfItsVersion(String command) {
        desk.environment.put("HELM_CHART_APP_VERSION", "latest");
        assertSays(64, desk.run(command.split(" ")), "HELM_CHART_APP_VERSION is latest", "[cli.version-malformed]");
        assertEquals(untouched, desk.world.state());
        assertFalse(Files.exists(directory.resolve(".chartreuse")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.0.0", "6.5", "7.0.", "4.3.1", "v7.0.0-rc.1"})
    void theEarlierChartRunsTheEarlierCommands(String version) {
        desk.environment.put("HELM_CHART_APP_VERSION", version);
        desk.environment.put("HELM_CHART_VERSION", version);
        assertSays(1, desk.runBare("earlier-upgrade"), "[postgres.unreachable]");
        assertSays(0, desk.runBare("earlier-restore"), "Nothing to do");
    }

    @Test
    void theirHelpCallsThemByTheNameUnderWhichTheyAreCalled() {
        assertSays(0, desk.runBare("earlier-upgrade", "--help"), "Usage: chartreuse-upgrade");
        assertSays(0, desk.runBare("earlier-restore", "--help"), "Usage: chartreuse-restore");
    }

    @Test
    void whatOnlyShowsGoesOnUnderAnyChart() {
        desk.environment.put("HELM_CHART_APP_VERSION", "latest");
        for (String command : List.of("validate", "status", "audit list", "version", "providers")) {
            assertEquals(0, desk.run(command.split(" ")).code(), command);
        }
    }

    @Test
    void theFormerVariableCountsForTheEarlierCommandsOnly() {
        desk.environment.put("HELM_CHART_VERSION", "latest");
        assertSays(64, desk.runBare("earlier-upgrade"), "HELM_CHART_VERSION is latest");
        assertSays(64, desk.runBare("earlier-restore"), "HELM_CHART_VERSION is latest");
        assertSays(0, desk.run("plan"));
        desk.environment.put("HELM_CHART_APP_VERSION", "1.0.0");
        assertSays(0, desk.runBare("earlier-restore"));
    }
}
