package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.spi.model.MigrationResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is on record of each migration. */
class MigrationRecordTest {

    private final Scene scene =
            new Scene(new InMemoryWorld().database("main", 5, 8).workload("web", 10, 3));

    private static List<String> migrations(Run run) {
        return run.entries().stream()
                .filter(entry -> entry.event() == Event.STEP_ENDED)
                .map(Entry::migrations)
                .flatMap(List::stream)
                .map(result -> result.script() + " " + result.outcome().word()
                        + (result.took().isPresent() ? "" : " (found)"))
                .toList();
    }

    private static Run run(RunReport report) {
        return report.run().orElseThrow();
    }

    @Test
    void eachMigrationIsNamedAsItIsAppliedAndOnRecordWithItsStep() {
        Run run = run(scene.apply(scene.plan()));

        assertEquals(List.of("V6.sql applied", "V7.sql applied", "V8.sql applied"), migrations(run));
        assertEquals(
                List.of("V6.sql", "V7.sql", "V8.sql"),
                scene.events.stream()
                        .filter(RunEvent.MigrationEnded.class::isInstance)
                        .map(event -> ((RunEvent.MigrationEnded) event).result().script())
                        .toList());
    }

    @Test
    void whatIsCommittedIsOnRecordBeforeTheStepEnds() {
        List<Entry> entries = run(scene.apply(scene.plan())).entries();

        Entry first = entries.stream()
                .filter(entry -> !entry.migrations().isEmpty())
                .findFirst()
                .orElseThrow();
        assertEquals(Event.WITNESSED, first.event());
        assertEquals("V6.sql is committed", first.message());
        assertEquals("V6.sql", first.migrations().get(0).script());
    }

    @Test
    void aLineThatDecidedHowTheStepWentOnIsOnRecordHoweverManyMigrationsFollow() {
        Scene many = new Scene(new InMemoryWorld().database("main", 5, 60).warnAt("main", 7, "primary found again"));
        List<String> log = run(many.apply(many.plan())).entries().stream()
                .filter(entry -> entry.event() == Event.STEP_ENDED)
                .flatMap(entry -> entry.log().stream())
                .toList();

        assertEquals("primary found again", log.get(0));
        assertEquals("migration 60 of 60", log.get(log.size() - 1));
    }

    @Test
    void afterAFailureTheRecordTellsWhichAreAppliedAndWhichOneFailed() {
        scene.world.failAt("main", 7);

        assertEquals(List.of("V6.sql applied", "V7.sql failed"), migrations(run(scene.apply(scene.plan()))));
    }

    @Test
    void theRecordIsReadAsItWasWritten() {
        scene.world.failAt("main", 7);
        Run run = run(scene.apply(scene.plan()));

        Run read = RunDocument.read(RunDocument.write(run).toString(), "the run");

        assertEquals(run.entries(), read.entries());
        assertEquals("1.7", RunDocument.write(run).get("formatVersion").asText());
    }

    @Test
    void aRecordOfBeforeHasNoneOfThem() {
        String old = RunDocument.write(run(scene.apply(scene.plan())))
                .toString()
                .replaceAll(",\"migrations\":\\[[^\\]]*\\]", "")
                .replace("\"1.4\"", "\"1.2\"");
        assertFalse(old.contains("migrations"), old);

        assertEquals(List.of(), migrations(RunDocument.read(old, "an old run")));
    }

    /** Wherever the process dies: the record never claims what it did not see. */
    @Test
    void aRunThatDiedClaimsNothingAndItsResumptionTellsWhatTheDatabaseHas() {
        for (int touches = 1; touches < 40; touches++) {
            Scene mortal = new Scene(new InMemoryWorld().database("main", 5, 8).workload("web", 10, 3));
            Plan plan = mortal.plan();
            try {
                mortal.apply(plan, CrashSchedule.after(touches));
                return; // it lived to the end
            } catch (ProcessKilled dead) {
                int reached = mortal.world.revision("main");
                mortal.clock.advance(Duration.ofMinutes(2));
                RunReport report = mortal.apply(plan);
                if (!report.executed()) {
                    continue; // it had died behind its last entry
                }
                assertTrue(report.succeeded(), report.toString());
                if (reached < 8) { // else the step is not repeated, and nothing is claimed of it
                    assertEquals(
                            List.of("V6.sql", "V7.sql", "V8.sql"),
                            migrations(run(report)).stream()
                                    .map(line -> line.replaceAll(" applied.*", ""))
                                    .toList());
                }
            }
        }
    }

    @Test
    void aMigrationTakesNoNegativeTime() {
        assertThrows(IllegalArgumentException.class, () -> MigrationResult.applied("V1.sql", Duration.ofMillis(-1)));
    }
}
