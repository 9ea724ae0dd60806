package io.chartreuse.provider.postgres.leftover;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes leftovers to people: what was done, what failed, what remains, how to go on. Pure. */
public final class LeftoverReport {

    private final DatabaseSettings database;
    private final Leftovers leftovers;

    public LeftoverReport(DatabaseSettings database, Leftovers leftovers) {
        this.database = database;
        this.leftovers = leftovers;
    }

    /** An error for each migration that has to be repaired, a warning for each invalid index without a known cause. */
    public List<Diagnostic> diagnostics() {
        List<Diagnostic> found = new ArrayList<>();
        leftovers.failed().forEach(entry -> found.add(failed(entry)));
        leftovers.died().ifPresent(note -> found.add(note.isExecuting() ? executing(note) : died(note)));
        leftovers.unexplained().forEach(index -> found.add(unexplained(index)));
        return found.stream()
                .map(diagnostic -> diagnostic.about(database.address()))
                .toList();
    }

    private Diagnostic failed(FailedEntry entry) {
        List<InvalidIndex> left = leftovers.left(entry);
        return Diagnostic.error(
                PostgresProblem.FAILED_ENTRY,
                "Database " + database.name() + " has a failed entry in its history: " + entry.label() + "."
                        + leftovers.note(entry).map(note -> " " + course(note)).orElse("")
                        + indexes(left)
                        + leftovers.detached().map(LeftoverReport::pending).orElse(""),
                "Run `chartreuse repair`: it " + (left.isEmpty() ? "" : "drops what is invalid and ")
                        + leftovers
                                .detached()
                                .filter(DetachedPartition::pending)
                                .map(detached -> "detaches " + detached.partition() + " (FINALIZE) and ")
                                .orElse("")
                        + "removes the entry. "
                        + leftovers
                                .anew()
                                .flatMap(this::next)
                                .or(() -> leftovers.note(entry).map(LeftoverReport::again))
                                .orElse(undo(left))
                        + "Then fix the migration or the data, and plan again.");
    }

    /** Where the next apply begins, unless that is the first statement. */
    private Optional<String> next(Continuation again) {
        int done = again.done() + (leftovers.detached().isPresent() ? 1 : 0);
        if (done == 0) {
            return Optional.empty();
        }
        return Optional.of(
                done == again.statements()
                        ? "All of it is done then, and the next apply records it. "
                        : "The next apply goes on at statement " + (done + 1)
                                + ", as long as the file stays as it is. Where the file has to change, undo what is"
                                + " done, or write it so that it may be repeated (IF NOT EXISTS). ");
    }

    private Diagnostic died(ProgressNote note) {
        if (leftovers.goesOn().isPresent()) {
            return goesOn(note, leftovers.goesOn().get());
        }
        if (leftovers.entry().isPresent()) {
            return done(note, leftovers.entry().get());
        }
        List<InvalidIndex> left = leftovers.left(note);
        return Diagnostic.error(
                PostgresProblem.UNFINISHED_MIGRATION,
                "Database " + database.name() + " has a migration that did not come to its end: " + note.script()
                        + ", outside of a transaction, by " + note.run() + ". " + course(note) + indexes(left),
                repair(note, left));
    }

    private String repair(ProgressNote note, List<InvalidIndex> left) {
        int next = note.done() + 1;
        if (leftovers.isUnclear()) {
            return "Look what statement " + next
                    + " has done. Then run `chartreuse repair` and say there whether it runs"
                    + " again, or is taken for done. Then apply again.";
        }
        String dropping = "Run `chartreuse repair`, which " + (left.isEmpty() ? "" : "drops what is invalid and ");
        return leftovers.anew().filter(again -> again.done() > 0).isPresent()
                ? dropping + "lets it go on at statement " + next + ", which runs again. Then plan again."
                : dropping + "forgets that it began. " + inTheWay() + again(note) + "Then plan again.";
    }

    /** A person does not have to act: the next apply knows where to go on. */
    private Diagnostic goesOn(ProgressNote note, Continuation continuation) {
        String state = note.repaired()
                ? " has a migration that was repaired and goes on: "
                : " has a migration whose process died: ";
        return Diagnostic.warning(
                PostgresProblem.UNFINISHED_MIGRATION,
                "Database " + database.name() + state + note.script()
                        + ", outside of a transaction, by " + note.run() + ". " + course(note)
                        + indexes(leftovers.left(note)) + " With the next apply it " + continuation.text() + ".",
                "Apply. To begin it anew instead, let `chartreuse repair` forget its progress.");
    }

    private Diagnostic done(ProgressNote note, MissingEntry entry) {
        return Diagnostic.error(
                PostgresProblem.UNFINISHED_MIGRATION,
                "Database " + database.name() + " has a migration whose process died before it was recorded: "
                        + note.script() + ", outside of a transaction, by " + note.run() + ". It is done: "
                        + entry.why()
                        + ".",
                "Run `chartreuse repair`, which records it as applied. Then plan again.");
    }

    /** An error only where the next apply cannot wait and go on. */
    private Diagnostic executing(ProgressNote note) {
        String summary = "Database " + database.name() + ": the server (process " + note.server()
                + ") executes migration " + note.script() + ", begun by " + note.run() + ". " + note.progress() + ".";
        if (leftovers.goesOn().isPresent()) {
            return Diagnostic.warning(
                    PostgresProblem.STILL_EXECUTING,
                    summary,
                    "Apply waits until it is done. Where that run's process is dead, it goes on behind it; where that run"
                            + " lives and ends well, this plan is stale.");
        }
        return Diagnostic.error(
                PostgresProblem.STILL_EXECUTING,
                summary,
                "Wait until it is done. Where that run's process is dead and you do not want to wait: "
                        + "SELECT pg_terminate_backend(" + note.server() + "). Then plan again.");
    }

    private Diagnostic unexplained(InvalidIndex index) {
        return Diagnostic.warning(
                PostgresProblem.INVALID_INDEX,
                "Database " + database.name() + " has an invalid index " + index.qualifiedName() + " on "
                        + index.table() + ": it costs every write and serves no query. No migration is known to have "
                        + "left it.",
                "REINDEX INDEX CONCURRENTLY it, or drop it; `chartreuse repair` asks whether to.");
    }

    /** The progress and the end: {@code 1 of its 3 statements is done; statement 2, line 5, failed: …}. */
    private static String course(ProgressNote note) {
        if (note.statements() == 0) {
            return unknownNumber(note);
        }
        if (note.repaired()) {
            return note.progress() + ".";
        }
        if (note.statements() == 1 && note.done() == 0) {
            return "Its only statement, line " + note.line() + ", " + end(note);
        }
        boolean between = note.line() == 0 || note.done() == note.statements();
        return note.progress() + "; " + (between ? "its process died between two of them." : which(note) + end(note))
                + rolledBack(note);
    }

    /**
     * Says so where the number of statements is unknown: of a Java migration only the beginning is known, of a revision
     * only the statements outside of a transaction.
     */
    private static String unknownNumber(ProgressNote note) {
        if (note.line() > 0) {
            return note.progress() + "; " + which(note) + end(note);
        }
        if (note.done() == 0 && note.committed() == 0) {
            return "It " + end(note);
        }
        return note.progress() + "; then it "
                + note.failure().map(LeftoverReport::failed).orElse("ended with its process.");
    }

    private static String which(ProgressNote note) {
        return "statement " + note.last() + ", line " + note.line() + ", ";
    }

    /** The statements before the failed one in the same transaction. */
    private static String rolledBack(ProgressNote note) {
        int first = note.done() + 1;
        int before = note.last() - 1;
        if (before < first) {
            return "";
        }
        return before == first
                ? " With it statement " + first + " was rolled back."
                : " With it statements " + first + " to " + before + " were rolled back.";
    }

    private static String end(ProgressNote note) {
        return note.failure()
                .map(LeftoverReport::failed)
                .orElse("was under way when its process died; how it ended only the database can tell.");
    }

    private static String failed(ProgressNote.Failure failure) {
        String state = failure.state().isEmpty() ? "" : " (SQLSTATE " + failure.state() + ")";
        return "failed: " + failure.message() + state + ".";
    }

    private static String indexes(List<InvalidIndex> left) {
        return left.isEmpty()
                ? ""
                : left.stream()
                        .map(index -> index.qualifiedName() + " on " + index.table())
                        .collect(Collectors.joining(", ", " It left invalid: ", "."));
    }

    private static String pending(DetachedPartition detached) {
        return detached.pending()
                ? " It left partition " + detached.partition() + " of " + detached.table()
                        + " half detached: the detaching is pending."
                : "";
    }

    private String inTheWay() {
        return leftovers
                .inTheWay()
                .map(index -> "The index " + index.qualifiedName() + " on " + index.table()
                        + " is there and works, but is not as the file defines it (" + index.definition()
                        + "): drop it, or the migration fails again; `chartreuse repair` asks whether to. ")
                .orElse("");
    }

    /** The migration starts at its first statement, so its done statements are repeated. */
    private static String again(ProgressNote note) {
        boolean begunOnly = note.statements() > 0 || note.line() == 0;
        return note.done() == 0 && note.committed() == 0 && begunOnly
                ? ""
                : "What is done will be done again: undo it, or write it so that it may be repeated (IF NOT EXISTS). ";
    }

    private static String undo(List<InvalidIndex> left) {
        return left.isEmpty() ? "Look at what it left in the database and undo it. " : "";
    }
}
