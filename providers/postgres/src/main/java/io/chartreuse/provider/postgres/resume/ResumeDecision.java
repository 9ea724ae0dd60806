package io.chartreuse.provider.postgres.resume;

import io.chartreuse.provider.postgres.assess.Assessment;
import io.chartreuse.provider.postgres.assess.PlanCheck;
import io.chartreuse.provider.postgres.migrate.ConnectionLost;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.OrphanedSession;
import io.chartreuse.provider.postgres.server.PrimaryCheck;
import io.chartreuse.provider.postgres.server.TransactionFate;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.Migration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a run may go on after a connection was lost, from the state before and the state now. Pure.
 *
 * @param refusals why it may not; empty where it may
 * @param said     what happens next, for people
 */
public record ResumeDecision(List<Diagnostic> refusals, String said) {

    /** The findings that an interrupted migration leaves in a database. */
    private static final Set<ErrorCode> LEFT = Set.of(
            PostgresProblem.UNFINISHED_MIGRATION,
            PostgresProblem.STILL_EXECUTING,
            PostgresProblem.FAILED_ENTRY,
            PostgresProblem.FOREIGN_NOTES);

    public ResumeDecision {
        refusals = List.copyOf(refusals);
    }

    /**
     * @param change the planned change
     * @param before the database when the go began whose connection was lost
     * @param lost   the report on that attempt
     * @param now    the database as it is found again
     * @param fate   the outcome of the open transaction, from its server
     */
    static ResumeDecision of(
            Change change, PrimaryState before, ConnectionLost lost, PrimaryState now, TransactionFate fate) {
        LossReport truth = new LossReport(before, lost, now, fate);
        Optional<Diagnostic> other = other(change, now.assessment(), truth);
        if (other.isPresent()) {
            return refused(other.get());
        }
        List<Migration> gone = gone(change, before, lost, now);
        if (!gone.isEmpty()) {
            return refused(LossReport.historyLost(before.primary(), now, gone));
        }
        if (cutShort(before, lost, now, fate) && !isLeftClear(now)) {
            return refused(truth.halfDone(lost.underway().orElseThrow()));
        }
        List<Diagnostic> errors =
                now.assessment().findings().stream().filter(Diagnostic::isError).toList();
        List<Diagnostic> moved = errors.isEmpty() ? new PlanCheck(change, now.assessment()).moved() : errors;
        return new ResumeDecision(moved, truth.goesOn());
    }

    /**
     * Whether the applied migrations are still there after a successful attempt: another server than that of the
     * attempt may answer now.
     *
     * @param before the database when the attempt began, all of whose pending migrations it has committed
     */
    static ResumeDecision atEnd(PrimaryState before, PrimaryState now) {
        Set<String> committed = scripts(before.assessment().pending());
        List<Migration> gone = now.assessment().pending().stream()
                .filter(migration -> committed.contains(migration.script()))
                .toList();
        return gone.isEmpty()
                ? new ResumeDecision(List.of(), "")
                : refused(LossReport.historyLost(before.primary(), now, gone));
    }

    /**
     * The error that migrations which a dead process had committed are missing.
     *
     * @param before the timeline on which they were committed; empty where that is not recorded
     */
    public static Diagnostic lostWhileDead(
            Optional<Integer> before, PrimaryCheck primary, Assessment now, List<Migration> gone) {
        return LossReport.historyLost(
                new PrimaryCheck(false, false, before), new PrimaryState(now, primary, OrphanedSession.NONE), gone);
    }

    private static ResumeDecision refused(Diagnostic why) {
        return new ResumeDecision(List.of(why), "");
    }

    /** The error that another cluster or database answers. Ignores what one side could not read. */
    private static Optional<Diagnostic> other(Change change, Assessment now, LossReport truth) {
        Map<String, String> is = now.server().identity();
        List<String> differences = change.identity().entrySet().stream()
                .filter(part -> is.containsKey(part.getKey()))
                .filter(part -> !is.get(part.getKey()).equals(part.getValue()))
                .map(part -> part.getKey() + " was " + part.getValue() + ", is " + is.get(part.getKey()))
                .toList();
        return differences.isEmpty() ? Optional.empty() : Optional.of(truth.otherServer(differences));
    }

    /** The migrations that had been committed and are pending again; on another timeline also those of earlier runs. */
    private static List<Migration> gone(Change change, PrimaryState before, ConnectionLost lost, PrimaryState now) {
        Set<String> open = scripts(before.assessment().pending());
        open.removeAll(scripts(lost.committed()));
        Set<String> planned = scripts(change.migrations());
        boolean switched = now.primary().isOnAnotherTimelineThan(before.primary());
        return now.assessment().pending().stream()
                .filter(migration ->
                        planned.contains(migration.script()) ? !open.contains(migration.script()) : switched)
                .toList();
    }

    private static Set<String> scripts(List<Migration> migrations) {
        return migrations.stream().map(Migration::script).collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * Whether a promoted standby has nothing of the migration: its note was committed before its first statement, so a
     * server without the note has not received the statement.
     */
    static boolean isGone(PrimaryState before, PrimaryState now) {
        return now.primary().isOnAnotherTimelineThan(before.primary())
                && now.remains().executing().isEmpty()
                && now.assessment().findings().stream().noneMatch(finding -> LEFT.contains(finding.code()));
    }

    /** Whether the note of the current migration shows where it goes on, and the server no longer executes it. */
    private static boolean isLeftClear(PrimaryState now) {
        return now.remains().executing().isEmpty()
                && now.assessment().findings().stream()
                        .anyMatch(finding ->
                                finding.code() == PostgresProblem.UNFINISHED_MIGRATION && !finding.isError());
    }

    /** Whether changes of the current migration may remain, although the history has no entry of it. */
    private static boolean cutShort(PrimaryState before, ConnectionLost lost, PrimaryState now, TransactionFate fate) {
        return (lost.mayHaveStayed() && !isGone(before, now) || fate == TransactionFate.COMMITTED)
                && lost.underway().filter(now.assessment().pending()::contains).isPresent();
    }
}
