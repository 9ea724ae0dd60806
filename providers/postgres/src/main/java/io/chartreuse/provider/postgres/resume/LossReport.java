package io.chartreuse.provider.postgres.resume;

import io.chartreuse.provider.postgres.migrate.ConnectionLost;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.OrphanedSession;
import io.chartreuse.provider.postgres.server.PrimaryCheck;
import io.chartreuse.provider.postgres.server.TransactionFate;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The messages to a person after a connection was lost. Pure. */
record LossReport(PrimaryState before, ConnectionLost lost, PrimaryState now, TransactionFate fate) {

    /** What the run does next, where it goes on. */
    String goesOn() {
        List<Migration> pending = now.assessment().pending();
        String became = lost.underway()
                .map(migration -> migration.script() + (pending.contains(migration) ? undone() : " had been committed"))
                .orElseGet(this::committedSince);
        String next = pending.isEmpty()
                ? "nothing is left to do"
                : "going on with " + pending.get(0).script();
        return "the primary is found again"
                + timelines(before.primary(), now.primary())
                        .map(text -> " (" + text + ")")
                        .orElse("") + ": " + became + ", " + next;
    }

    /** Uses the server's history where the tool did not report which migration ran. */
    private String committedSince() {
        List<Migration> pending = now.assessment().pending();
        List<Migration> committed = before.assessment().pending().stream()
                .filter(migration -> !pending.contains(migration))
                .toList();
        return committed.isEmpty() ? "nothing more had been committed" : scripts(committed) + " had been committed";
    }

    private String undone() {
        if (lost.mayHaveStayed() && ResumeDecision.isGone(before, now)) {
            return " is not there, nor anything of it";
        }
        if (lost.mayHaveStayed()) {
            return " goes on where it was left";
        }
        return fate == TransactionFate.ROLLED_BACK
                ? " was rolled back"
                : " is not in the history (whether it was rolled back, the server could not be asked)";
    }

    Diagnostic otherServer(List<String> differences) {
        return about(Diagnostic.error(
                PostgresProblem.OTHER_SERVER,
                "Another server or database answers for database " + name() + " than before the connection was lost: "
                        + String.join("; ", differences) + ". Nothing was done there; " + lastSeen(),
                "Find out where the url leads (DNS, a proxy, a Service) and what became of the former server, then "
                        + "plan again."));
    }

    /** @param before where it was committed */
    static Diagnostic historyLost(PrimaryCheck before, PrimaryState now, List<Migration> gone) {
        return about(
                now,
                Diagnostic.error(
                        PostgresProblem.HISTORY_LOST,
                        "Database " + name(now) + " lost what had been committed: " + scripts(gone)
                                + ". The primary that answers "
                                + "now"
                                + timelines(before, now.primary())
                                        .map(text -> " (" + text + ")")
                                        .orElse("")
                                + " does not have it; it stands at "
                                + revision(now.assessment().standing().revision()) + ".",
                        "A standby that had not received everything was promoted, or a backup was restored: other data may be "
                                + "missing, too. Decide first whether this primary is to stay and whether the former one's "
                                + "data can still be saved; then plan again, which plans anew what is missing."));
    }

    Diagnostic halfDone(Migration migration) {
        return about(Diagnostic.error(
                PostgresProblem.HALF_DONE,
                "The connection to database " + name() + " was lost while " + migration.script()
                        + " ran, " + why(migration) + ": what it did until then remains." + remains()
                        + " The database stands at "
                        + revision(now.assessment().standing().revision()) + ".",
                remedy(migration)));
    }

    private static String why(Migration migration) {
        return migration.transactional()
                ? "whose transaction had been committed before its end"
                : "which does not run in one transaction";
    }

    private String remains() {
        OrphanedSession remains = now.remains();
        String executing = remains.executing().isEmpty()
                ? ""
                : " The server still executes it (pid "
                        + remains.executing().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ").";
        return remains.invalidIndexes().isEmpty()
                ? executing
                : executing + " Invalid indexes: " + String.join(", ", remains.invalidIndexes()) + ".";
    }

    private String remedy(Migration migration) {
        String wait = now.remains().executing().isEmpty() ? "" : "Wait until it has ended, or end it. ";
        String drop = now.remains().invalidIndexes().stream()
                .map(index -> "DROP INDEX CONCURRENTLY " + index + "; ")
                .collect(Collectors.joining());
        return wait + "Undo what " + migration.script() + " left"
                + (drop.isEmpty() ? ". " : " (where the index is its own: " + drop.strip() + "). ")
                + "Then plan and apply again: it runs once more.";
    }

    /** Empty where it is not known. */
    private static Optional<String> timelines(PrimaryCheck before, PrimaryCheck now) {
        if (before.timeline().isEmpty()) {
            return now.timeline().map(is -> "timeline " + is);
        }
        return now.isOnAnotherTimelineThan(before)
                ? now.timeline()
                        .map(is ->
                                "timeline " + is + ", was " + before.timeline().get())
                : now.timeline().map(is -> "timeline " + is + " as before");
    }

    private String lastSeen() {
        Optional<String> revision = lost.committed().stream()
                .flatMap(migration -> migration.version().stream())
                .reduce((first, second) -> second)
                .or(() -> before.assessment().standing().revision());
        return "the former one was last seen at " + revision(revision) + ".";
    }

    private static String revision(Optional<String> revision) {
        return revision.map(value -> "revision " + value).orElse("no revision");
    }

    private static String scripts(List<Migration> migrations) {
        return migrations.stream().map(Migration::script).collect(Collectors.joining(", "));
    }

    private String name() {
        return name(now);
    }

    private static String name(PrimaryState now) {
        return now.assessment().settings().name();
    }

    private Diagnostic about(Diagnostic diagnostic) {
        return about(now, diagnostic);
    }

    private static Diagnostic about(PrimaryState now, Diagnostic diagnostic) {
        return diagnostic.about(now.assessment().settings().address());
    }
}
