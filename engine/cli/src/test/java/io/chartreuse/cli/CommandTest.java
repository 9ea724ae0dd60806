package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.store.FileBackendFactory;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command does when all is well. */
final class CommandTest {

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
    }

    private static void assertSays(int code, Said said, String... words) {
        assertEquals(code, said.code(), said.all());
        for (String word : words) {
            assertTrue(said.all().contains(word), "should say " + word + ": " + said.all());
        }
    }

    @Test
    void validateTouchesNothing() {
        desk.world.unreadable(true);
        assertSays(0, desk.run("validate"), "chartreuse.yaml is valid (release shop).");
        assertFalse(Files.exists(directory.resolve(".chartreuse")));
    }

    @Test
    void optionsMayStandBeforeTheCommandToo() {
        assertSays(0, desk.runBare("--config", desk.config.toString(), "--output", "json", "validate"), "diagnostics");
        assertSays(
                0, desk.runBare("--output", "json", "audit", "--config", desk.config.toString(), "list"), "\"runs\"");
    }

    @Test
    void aDetailedExitCodeTellsWhetherThereAreChanges() {
        assertEquals(2, desk.run("plan", "--detailed-exitcode").code());
        assertEquals(0, desk.run("plan").code());
        desk.world.target("main", 5);
        assertEquals(0, desk.run("plan", "--detailed-exitcode").code());
    }

    @Test
    void aSavedPlanNeedsNoFurtherYes() {
        String plan = directory + "/plan.json";
        assertSays(0, desk.run("plan", "--out", plan), "Apply it with: chartreuse apply DIRECTORY/plan.json");
        assertSays(0, desk.run("apply", plan), "was carried out");
        assertEquals(8, desk.world.revision("main"));
        assertEquals(3, desk.world.replicas("web"));
    }

    @Test
    void aStoredPlanIsShownAndAppliedByTheFirstDigitsOfItsId() {
        String id =
                desk.run("plan", "--store", "--output", "json").json().get("id").asText();
        assertTrue(id.startsWith("sha256:"));
        String digits = storedId();
        assertSays(0, desk.run("show", "--plan-id", digits), "3 migrations");
        assertSays(0, desk.run("apply", "--plan-id", digits), "was carried out");
        assertSays(0, desk.run("apply", "--plan-id", digits), "was carried out before");
    }

    private String storedId() {
        try (Backend backend = backend()) {
            return backend.plans().list().get(0).id().substring("sha256:".length(), "sha256:".length() + 8);
        }
    }

    @Test
    void aPlanIsShownToTheLetter() throws IOException {
        Path plan = directory.resolve("plan.json");
        desk.run("plan", "--out", plan.toString());
        assertEquals(
                Json.read(Files.readString(plan)).get("createdAt"),
                desk.run("show", plan.toString(), "-o", "json").json().get("createdAt"));
        assertSays(0, desk.run("show", plan.toString()), "1 database to migrate (3 migrations)");
    }

    @Test
    void aYesOnATerminalAppliesANewPlan() {
        assertSays(0, desk.onTerminal("yes\n").run("apply"), "Apply this plan?", "was carried out");
        assertEquals(8, desk.world.revision("main"));
    }

    @Test
    void nothingToDoAsksNothing() {
        desk.world.target("main", 5);
        assertSays(0, desk.run("apply", "--yes"), "Nothing to do.");
        assertSays(0, desk.run("restore"), "Nothing to do.");
        assertSays(0, desk.run("audit", "list"), "No run is on record.");
    }

    @Test
    void aRestoreBringsBackWhatAFailureHeld() {
        desk.world.failAt("main", 7);
        assertSays(1, desk.run("apply", "--yes"), "WORKLOADS ARE HELD IN MAINTENANCE");
        assertEquals(0, desk.world.replicas("web"));
        assertSays(5, desk.onTerminal("no\n").run("restore"), "Bring this back?");
        desk.terminals = java.util.Set.of();
        assertSays(0, desk.run("restore"), "2 workloads to start");
        assertEquals(3, desk.world.replicas("web"));
    }

    @Test
    void anApplyAfterAFailureIsMendedBringsEverythingBack() {
        desk.world.failAt("main", 7);
        desk.run("apply", "--yes");
        desk.world.failAt("main", 0);
        assertSays(0, desk.run("apply", "--yes"), "was carried out");
        assertEquals(3, desk.world.replicas("web"));
        assertEquals(8, desk.world.revision("main"));
    }

    @Test
    void aStatusTellsWhatTheBackendKnowsWhileTheWorldCannotBeRead() {
        desk.run("apply", "--yes");
        desk.world.unreadable(true);
        assertSays(1, desk.run("status"), "succeeded", "the world cannot be read");
    }

    @Test
    void theAuditFindsARunByItsEnd() {
        desk.run("apply", "--yes");
        assertSays(0, desk.run("audit", "show", "latest"), "run-begun", "step-ended succeeded", "run-ended");
        assertSays(64, desk.run("audit", "show", "nonesuch"), "there is no run nonesuch", "audit list");
    }

    @Test
    void schemasProvidersVersionAndCompletionArePrinted() {
        assertSays(0, desk.runBare("schema", "config"), "\"memory\"", "\"postgres\"");
        assertSays(0, desk.runBare("schema", "plan"), "plan.schema.json");
        assertSays(0, desk.runBare("schema", "run"), "run.schema.json");
        assertSays(0, desk.runBare("schema", "state"), "state.schema.json");
        assertSays(0, desk.runBare("providers"), "memory", "gate, quiesce, suspend, migrate", "Backends: file");
        assertSays(0, desk.runBare("version"), "chartreuse VERSION, Java");
        assertSays(0, desk.runBare("--version"), "chartreuse VERSION");
        assertSays(0, desk.runBare("completion"), "complete -F");
        assertSays(0, desk.runBare("completion", "zsh"), "bashcompinit");
    }

    @Test
    void aLockThatIsHeldEndsAnApply() throws InterruptedException {
        desk.clock = Clock.systemUTC();
        AtomicBoolean over = new AtomicBoolean();
        Thread holder = new Thread(() -> renewUntil(over));
        holder.start();
        try {
            while (!Files.exists(directory.resolve(".chartreuse/shop/lease.json"))) {
                Thread.sleep(10);
            }
            assertSays(4, desk.run("apply", "--yes"), "another run holds the lock: somebody", "--lock-timeout");
            assertSays(4, desk.run("unlock", "--yes"), "may be alive", "--force");
            assertSays(0, desk.run("status"), "held by somebody", "A run holds the lock");
            assertSays(0, desk.run("plan"), "Plan: ");
            assertSays(
                    4,
                    desk.run("plan", "--lock-timeout", "1s"),
                    "A run of somebody is under way: waiting for its end.",
                    "still under way after 1 s: nothing was planned");
        } finally {
            over.set(true);
            holder.join();
        }
    }

    @Test
    void aPlanWaitsForTheRunThatIsUnderWay() throws VersionConflict {
        desk.clock = Clock.systemUTC();
        hold(Instant.now().minusSeconds(28));
        assertSays(0, desk.run("plan", "--lock-timeout", "1m"), "A run of somebody is under way", "Plan: ");
    }

    private void renewUntil(AtomicBoolean over) {
        try (Backend backend = backend()) {
            Lease lease = new Lease("somebody", Instant.now(), Instant.now(), Duration.ofSeconds(30), "");
            while (!over.get()) {
                lease = backend.lock()
                        .write(new Lease(
                                "somebody", lease.acquiredAt(), Instant.now(), lease.duration(), lease.version()));
                Thread.sleep(100);
                lease = backend.lock().read().orElseThrow();
            }
        } catch (VersionConflict | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What is planned while another run is under way is out of date when that ends. */
    @Test
    void aPlanIsMadeOnceTheRunBeforeItHasEnded() throws InterruptedException {
        desk.clock = Clock.systemUTC();
        AtomicBoolean over = new AtomicBoolean();
        Thread holder = new Thread(() -> {
            renewUntil(over);
            desk.world.target("main", 6);
            try (Backend backend = backend()) {
                backend.lock().delete(backend.lock().read().orElseThrow());
            } catch (VersionConflict e) {
                throw new AssertionError(e);
            }
        });
        holder.start();
        while (!Files.exists(directory.resolve(".chartreuse/shop/lease.json"))) {
            Thread.sleep(10);
        }
        // a plan that does not wait for the lock would have been made by then
        desk.listener = said -> {
            if (said.contains("the lock is held by somebody")) {
                over.set(true);
            }
        };
        assertSays(
                0,
                desk.run("apply", "--yes", "--lock-timeout", "1m"),
                "the lock is held by somebody",
                "was carried out");
        holder.join();
        assertEquals(6, desk.world.revision("main"));
        assertEquals(3, desk.world.replicas("web"));
        assertFalse(Files.exists(directory.resolve(".chartreuse/shop/lease.json")), "the lock is given back");
    }

    @Test
    void aLapsedLockIsTakenAway() throws VersionConflict {
        hold(Desk.NOW.minusSeconds(100));
        assertSays(64, desk.run("unlock"), "--yes");
        assertSays(5, desk.onTerminal("no\n").run("unlock"), "held by somebody", "Take the lock from it?");
        assertSays(0, desk.onTerminal("yes\n").run("unlock"), "The lock is free.");
        assertSays(0, desk.run("unlock", "--yes"), "The lock is free.");
    }

    @Test
    void aLivingLockIsTakenAwayByForceOnly() throws VersionConflict {
        hold(Desk.NOW.minusSeconds(1));
        assertSays(4, desk.run("unlock", "--yes"), "may be alive");
        assertSays(0, desk.run("unlock", "--yes", "--force"), "The lock is free.");
    }

    private void hold(Instant renewed) throws VersionConflict {
        try (Backend backend = backend()) {
            backend.lock().write(new Lease("somebody", renewed, renewed, Duration.ofSeconds(30), ""));
        }
    }

    private Backend backend() {
        return new FileBackendFactory()
                .create(
                        Json.object(),
                        new Context(
                                "shop",
                                Optional.empty(),
                                directory,
                                reference -> {
                                    throw new AssertionError("a file backend needs no secret");
                                },
                                Map.of(),
                                Clock.systemUTC()));
    }

    @Test
    void aRepairAsksOnceForWhatIsCertainAndForEachOfTheRest() {
        desk.world.leave("main", "one", true).leave("main", "two", true);
        desk.world.leave("main", "three", false).leave("main", "four", false);
        Said said = desk.onTerminal("yes\nno\nyes\n").run("repair");

        assertEquals(0, said.code(), said.all());
        assertEquals(List.of("clear one", "clear two", "clear four"), desk.world.history());
        assertTrue(said.all().contains("left as it is: three"), said.all());
    }

    @Test
    void aRepairWithoutAYesTouchesNothing() {
        desk.world.leave("main", "one", true);

        assertEquals(5, desk.onTerminal("no\n").run("repair").code());
        assertEquals(List.of(), desk.world.history());
    }
}
