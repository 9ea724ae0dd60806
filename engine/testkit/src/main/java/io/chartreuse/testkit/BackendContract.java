package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.backend.StoredPlan;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the engine relies on in every backend. A backend's tests extend this and open theirs, empty, for each test. */
public abstract class BackendContract {

    private static final Instant TIME = Instant.parse("2026-11-22T07:00:00Z");
    private static final String PLAN_ID = "sha256:" + "ab".repeat(32);

    /** A view of the backend of this test; several views share the contents, as several processes would. */
    protected abstract Backend open();

    private static Artifact plan(String id, String content) {
        return new Artifact(id, "shop", "1.0", TIME, content, "");
    }

    private static Artifact run(String id, Instant startedAt, String content, String version) {
        return new Artifact(id, "shop", "1.0", startedAt, content, version);
    }

    private static Lease lease(String holder, String version) {
        return new Lease(holder, TIME, TIME.plusMillis(250), Duration.ofSeconds(30), version);
    }

    @Test
    void anEmptyBackendHoldsNothing() {
        try (Backend backend = open()) {
            assertEquals(Optional.empty(), backend.plans().find(PLAN_ID));
            assertEquals(List.of(), backend.plans().list());
            assertEquals(List.of(), backend.journal().list());
            assertEquals(Optional.empty(), backend.journal().find("none"));
            assertEquals(Optional.empty(), backend.lock().read());
            assertEquals(Optional.empty(), backend.state().read());
        }
    }

    @Test
    void manyPlansAreAllListedOldestFirst() {
        List<String> ids = IntStream.range(0, 23)
                .mapToObj(number -> Sha256.of("plan " + number))
                .toList();
        try (Backend backend = open()) {
            for (int i = 0; i < ids.size(); i++) {
                Artifact plan = new Artifact(ids.get(i), "shop", "1.0", TIME.plusSeconds(i), "{}", "");
                backend.plans().save(plan);
            }
            assertEquals(
                    ids, backend.plans().list().stream().map(StoredPlan::id).toList());
        }
    }

    @Test
    void aPlanComesBackToTheLetter() {
        String content = "{\"text\": \"ünïcödé \\u0000 😀\\n\"}";
        try (Backend first = open();
                Backend second = open()) {
            first.plans().save(plan(PLAN_ID, content));
            Artifact found = second.plans().find(PLAN_ID).orElseThrow();
            assertEquals(content, found.content());
            assertEquals(PLAN_ID, found.id());
            assertEquals("shop", found.release());
            assertEquals("1.0", found.formatVersion());
            assertEquals(TIME, found.createdAt());
            assertEquals(
                    List.of(PLAN_ID),
                    second.plans().list().stream().map(StoredPlan::id).toList());
        }
    }

    @Test
    void aPlanTooLargeForOneObjectComesBackToTheLetter() {
        StringBuilder noise = new StringBuilder();
        new Random(7).ints(3 << 20, 'a', 'z').forEach(c -> noise.append((char) c));
        try (Backend backend = open()) {
            backend.plans().save(plan(PLAN_ID, noise.toString()));
            assertTrue(noise.toString()
                    .equals(backend.plans().find(PLAN_ID).orElseThrow().content()));
            assertEquals(1, backend.plans().list().size());
        }
    }

    @Test
    void savingAPlanTwiceIsSavingItOnce() {
        try (Backend backend = open()) {
            backend.plans().save(plan(PLAN_ID, "{}"));
            backend.plans().save(plan(PLAN_ID, "{}"));
            assertEquals(1, backend.plans().list().size());
        }
    }

    @Test
    void anotherPlanUnderTheSameIdIsRefused() {
        try (Backend backend = open()) {
            backend.plans().save(plan(PLAN_ID, "{}"));
            assertThrows(ChartreuseException.class, () -> backend.plans().save(plan(PLAN_ID, "{\"forged\": true}")));
            assertEquals("{}", backend.plans().find(PLAN_ID).orElseThrow().content());
        }
    }

    @Test
    void anApprovalComesBackToTheLetterBesideThePlan() {
        String id = "sha256:" + "cd".repeat(32);
        try (Backend first = open();
                Backend second = open()) {
            assertEquals(List.of(), first.approvals().list());
            first.plans().save(plan(PLAN_ID, "{}"));
            first.approvals().save(plan(id, "{\"approved\": true}"));
            first.approvals().save(plan(id, "{\"approved\": true}"));
            Artifact found = second.approvals().list().get(0);
            assertEquals(1, second.approvals().list().size());
            assertEquals(1, second.plans().list().size());
            assertEquals(id, found.id());
            assertEquals("{\"approved\": true}", found.content());
            assertEquals(TIME, found.createdAt());
        }
    }

    @Test
    void anotherApprovalUnderTheSameIdIsRefused() {
        try (Backend backend = open()) {
            backend.approvals().save(plan(PLAN_ID, "{}"));
            assertThrows(
                    ChartreuseException.class, () -> backend.approvals().save(plan(PLAN_ID, "{\"forged\": true}")));
            assertEquals("{}", backend.approvals().list().get(0).content());
        }
    }

    @Test
    void whatIsTakenAwayIsGoneForEverybodyAndTheRestStays() throws VersionConflict {
        String other = "sha256:" + "cd".repeat(32);
        try (Backend first = open();
                Backend second = open()) {
            for (String id : List.of(PLAN_ID, other)) {
                first.plans().save(plan(id, "{}"));
                first.approvals().save(plan(id, "{}"));
                first.journal().write(run("run-" + id.substring(7, 19), TIME, id, ""));
            }
            second.plans().delete(PLAN_ID);
            second.approvals().delete(PLAN_ID);
            second.journal().delete("run-" + PLAN_ID.substring(7, 19));
            assertEquals(Optional.empty(), first.plans().find(PLAN_ID));
            assertEquals(
                    List.of(other),
                    first.plans().list().stream().map(StoredPlan::id).toList());
            assertEquals(List.of(other), ids(first.approvals().list()));
            assertEquals(
                    List.of(other),
                    first.journal().list().stream().map(Artifact::content).toList());
        }
    }

    @Test
    void takingAwayWhatIsNotThereIsNoFaultAndItMayBeSavedAgain() {
        try (Backend backend = open()) {
            backend.plans().delete(PLAN_ID);
            backend.approvals().delete(PLAN_ID);
            backend.journal().delete("20261122t070000z-3fa2c1");
            backend.plans().save(plan(PLAN_ID, "{}"));
            backend.plans().delete(PLAN_ID);
            backend.plans().save(plan(PLAN_ID, "{\"again\": true}"));
            assertEquals(
                    "{\"again\": true}",
                    backend.plans().find(PLAN_ID).orElseThrow().content());
        }
    }

    private static List<String> ids(List<Artifact> artifacts) {
        return artifacts.stream().map(Artifact::id).toList();
    }

    @Test
    void aRunIsReplacedByWhoSawItLast() throws VersionConflict {
        try (Backend first = open();
                Backend second = open()) {
            Artifact begun = first.journal().write(run("20261122t070000z-3fa2c1", TIME, "begun", ""));
            Artifact taken = second.journal().write(run(begun.id(), TIME, "taken over", begun.version()));
            assertNotEquals(begun.version(), taken.version());
            assertThrows(
                    VersionConflict.class, () -> first.journal().write(run(begun.id(), TIME, "late", begun.version())));
            assertEquals(
                    "taken over", first.journal().find(begun.id()).orElseThrow().content());
        }
    }

    @Test
    void aRunThatIsThereIsNotCreatedAgain() throws VersionConflict {
        try (Backend backend = open()) {
            backend.journal().write(run("20261122t070000z-3fa2c1", TIME, "begun", ""));
            assertThrows(
                    VersionConflict.class,
                    () -> backend.journal().write(run("20261122t070000z-3fa2c1", TIME, "again", "")));
        }
    }

    @Test
    void runsAreListedOldestFirst() throws VersionConflict {
        try (Backend backend = open()) {
            Journal journal = backend.journal();
            journal.write(run("20261122t090000z-000001", TIME.plusSeconds(7200), "third", ""));
            journal.write(run("20261122t070000z-000002", TIME, "first", ""));
            journal.write(run("20261122t080000z-000003", TIME.plusSeconds(3600), "second", ""));
            assertEquals(
                    List.of("first", "second", "third"),
                    journal.list().stream().map(Artifact::content).toList());
        }
    }

    private static Artifact state(String content, String version) {
        return new Artifact(StateStore.CURRENT, "shop", "1.0", TIME, content, version);
    }

    @Test
    void aStateTakesThePlaceOfTheOneBefore() throws VersionConflict {
        try (Backend first = open();
                Backend second = open()) {
            Artifact before = first.state().write(state("{\"before\": \"ü\"}", ""));
            assertEquals(Optional.of(before), second.state().read());
            Artifact after = second.state().write(state("{\"after\": true}", before.version()));
            assertNotEquals(before.version(), after.version());
            assertEquals(Optional.of(after), first.state().read());
            assertEquals(List.of(), first.journal().list());
            assertEquals(List.of(), first.plans().list());
        }
    }

    @Test
    void aStateIsReplacedOnlyByWhoSawItLast() throws VersionConflict {
        try (Backend first = open();
                Backend second = open()) {
            Artifact before = first.state().write(state("before", ""));
            assertThrows(VersionConflict.class, () -> second.state().write(state("blind", "")));
            Artifact after = second.state().write(state("after", before.version()));
            assertThrows(VersionConflict.class, () -> first.state().write(state("late", before.version())));
            assertEquals(Optional.of(after), first.state().read());
        }
    }

    @Test
    void aStateTooLargeForOneObjectComesBackToTheLetterAndShrinksAgain() throws VersionConflict {
        StringBuilder noise = new StringBuilder();
        new Random(7).ints(3 << 20, 'a', 'z').forEach(c -> noise.append((char) c));
        try (Backend backend = open()) {
            Artifact large = backend.state().write(state(noise.toString(), ""));
            assertTrue(
                    noise.toString().equals(backend.state().read().orElseThrow().content()));
            backend.state().write(state("small", large.version()));
            assertEquals("small", backend.state().read().orElseThrow().content());
        }
    }

    @Test
    void aLeaseComesBackAsItWasWritten() throws VersionConflict {
        try (Backend first = open();
                Backend second = open()) {
            Lease written = first.lock().write(lease("ada@laptop (pid 7)", ""));
            Lease read = second.lock().read().orElseThrow();
            assertEquals(written, read);
            assertEquals(TIME.plusMillis(250), read.renewedAt());
            assertEquals(Duration.ofSeconds(30), read.duration());
        }
    }

    @Test
    void aLeaseIsRenewedAndGivenBackOnlyByWhoSawItLast() throws VersionConflict {
        try (Backend backend = open()) {
            Lock lock = backend.lock();
            Lease first = lock.write(lease("first", ""));
            Lease second = lock.write(lease("second", first.version()));
            assertThrows(VersionConflict.class, () -> lock.write(lease("first", first.version())));
            assertThrows(VersionConflict.class, () -> lock.delete(first));
            lock.delete(second);
            assertEquals(Optional.empty(), lock.read());
            assertThrows(VersionConflict.class, () -> lock.delete(second));
        }
    }

    @Test
    void ofManyWhoWantTheLeaseAtOnceOneGetsIt() throws InterruptedException, ExecutionException {
        int many = 8;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try (Backend backend = open()) {
            List<Callable<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                String holder = "process " + i;
                attempts.add(() -> taken(backend.lock(), holder));
            }
            int taken = 0;
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                taken += attempt.get() ? 1 : 0;
            }
            assertEquals(1, taken);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean taken(Lock lock, String holder) {
        try {
            lock.write(lease(holder, ""));
            return true;
        } catch (VersionConflict faster) {
            return false;
        }
    }
}
