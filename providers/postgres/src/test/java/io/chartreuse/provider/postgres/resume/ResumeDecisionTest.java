package io.chartreuse.provider.postgres.resume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.assess.Samples;
import io.chartreuse.provider.postgres.migrate.ConnectionLost;
import io.chartreuse.provider.postgres.server.OrphanedSession;
import io.chartreuse.provider.postgres.server.PrimaryCheck;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.server.TransactionFate;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.text.Sha256;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResumeDecisionTest {

    private static final Migration V2 = Samples.migration("2", "two");
    private static final Migration V3 = Samples.migration("3", "three");
    private static final Migration V4 = Samples.migration("4", "four");
    private static final Migration INDEX = new Migration(Optional.of("3"), "x", "V3__x.sql", Sha256.of("three"), false);

    private final PrimaryState before = state(7, "1", V2, V3, V4);

    @Test
    void whatWasRolledBackIsBegunAgain() {
        ResumeDecision decision = decide(lost(V3, V2), state(7, "2", V3, V4));

        assertEquals(List.of(), decision.refusals());
        assertEquals(
                "the primary is found again (timeline 7 as before): V3__x.sql was rolled back, going on with V3__x.sql",
                decision.said());
    }

    @Test
    void whatHadBeenCommittedIsNotBegunAgain() {
        ResumeDecision decision = decide(lost(V3, V2), state(8, "3", V4));

        assertEquals(List.of(), decision.refusals());
        assertEquals(
                "the primary is found again (timeline 8, was 7): V3__x.sql had been committed, going on with V4__x.sql",
                decision.said());
    }

    @Test
    void nothingIsLeftWhenTheLastOneHadBeenCommitted() {
        ResumeDecision decision = decide(lost(V4, V2, V3), state(7, "4"));

        assertEquals(List.of(), decision.refusals());
        assertTrue(decision.said().endsWith("V4__x.sql had been committed, nothing is left to do"), decision.said());
    }

    @Test
    void aLossBeforeTheFirstMigrationIsNoHarm() {
        ResumeDecision decision =
                decide(new ConnectionLost(before.assessment().settings(), gone(), List.of(), Optional.empty()), before);

        assertEquals(List.of(), decision.refusals());
        assertTrue(decision.said().contains("nothing more had been committed"), decision.said());
    }

    @Test
    void whatTheToolDidNotSayIsReadFromTheServer() {
        ConnectionLost lost = new ConnectionLost(before.assessment().settings(), gone(), List.of(V2), Optional.empty());
        ResumeDecision decision = decide(lost, state(7, "3", V4));

        assertTrue(lost.getMessage().contains("was lost after V2__x.sql"), lost.getMessage());
        assertTrue(
                decision.said().contains("V2__x.sql, V3__x.sql had been committed, going on with V4__x.sql"),
                decision.said());
    }

    @Test
    void aHistoryThatWasLostStopsTheRunAndNamesWhatIsGone() {
        Diagnostic problem = refusal("postgres.history-lost", lost(V4, V2, V3), state(8, "1", V2, V3, V4));

        assertEquals(
                "Database main lost what had been committed: V2__x.sql, V3__x.sql. The primary that answers now"
                        + " (timeline 8, was 7) does not have it; it stands at revision 1.",
                problem.summary());
    }

    @Test
    void onAnotherTimelineEvenWhatWasAppliedBeforeTheRunMayBeLost() {
        Migration older = Samples.migration("1", "one");
        Diagnostic problem = refusal("postgres.history-lost", lost(V2), state(8, "0", older, V2, V3, V4));

        assertTrue(problem.summary().contains("committed: V1__x.sql."), problem.summary());
    }

    @Test
    void onTheSameTimelineAMigrationThatIsNotInThePlanMakesItStale() {
        Migration added = Samples.migration("5", "five");

        refusal("postgres.migrations-moved", lost(V2), state(7, "1", V2, V3, V4, added));
    }

    @Test
    void anotherServerIsRefused() {
        Server other = new Server(Optional.of("99"), "2", "shop", 18, false, false, true, true);
        PrimaryState now = new PrimaryState(
                Samples.assessment(other, "1", V2, V3, V4),
                new PrimaryCheck(false, false, Optional.of(7)),
                OrphanedSession.NONE);
        Diagnostic problem = refusal("postgres.other-server", lost(V3, V2), now);

        assertTrue(problem.summary().contains("systemIdentifier was 1, is 99"), problem.summary());
        assertTrue(problem.summary().contains("last seen at revision 2"), problem.summary());
    }

    @Test
    void aMigrationOutsideATransactionIsNotBegunAgain() {
        PrimaryState from = state(7, "1", V2, INDEX);
        PrimaryState now = new PrimaryState(
                Samples.assessment("2", INDEX),
                new PrimaryCheck(false, false, Optional.of(7)),
                new OrphanedSession(List.of(4711), List.of("orders_idx")));
        Diagnostic problem = ResumeDecision.of(change(from), from, lost(INDEX, V2), now, TransactionFate.UNKNOWN)
                .refusals()
                .get(0);

        assertEquals("postgres.half-done", problem.code().code());
        assertTrue(problem.summary().contains("still executes it (pid 4711)"), problem.summary());
        assertTrue(problem.summary().contains("Invalid indexes: orders_idx"), problem.summary());
        assertTrue(problem.remedy().contains("DROP INDEX CONCURRENTLY orders_idx"), problem.remedy());
    }

    @Test
    void aMigrationOutsideATransactionWhoseEntryIsThereIsDone() {
        PrimaryState from = state(7, "1", V2, INDEX, V4);

        assertEquals(
                List.of(),
                ResumeDecision.of(change(from), from, lost(INDEX, V2), state(7, "3", V4), TransactionFate.UNKNOWN)
                        .refusals());
    }

    private Diagnostic refusal(String code, ConnectionLost lost, PrimaryState now) {
        List<Diagnostic> refusals = decide(lost, now).refusals();
        assertEquals(
                List.of(code), refusals.stream().map(one -> one.code().code()).toList());
        return refusals.get(0);
    }

    private ResumeDecision decide(ConnectionLost lost, PrimaryState now) {
        return ResumeDecision.of(change(before), before, lost, now, TransactionFate.ROLLED_BACK);
    }

    private static PrimaryState state(int timeline, String revision, Migration... pending) {
        Assessment assessment = Samples.assessment(revision, pending);
        return new PrimaryState(
                assessment, new PrimaryCheck(false, false, Optional.of(timeline)), OrphanedSession.NONE);
    }

    private ConnectionLost lost(Migration underway, Migration... committed) {
        return new ConnectionLost(before.assessment().settings(), gone(), List.of(committed), Optional.of(underway));
    }

    private static SQLException gone() {
        return new SQLException("terminating connection due to administrator command", "57P01");
    }

    private static Change change(PrimaryState before) {
        Resource planned = before.assessment().resource();
        return new Change(
                planned.address(),
                planned.role(),
                planned.order(),
                List.of("migrate"),
                planned.reason(),
                planned.observed(),
                Optional.empty(),
                planned.desired(),
                List.of(),
                planned.migrations(),
                planned.identity(),
                planned.fingerprint(),
                planned.findings());
    }
}
