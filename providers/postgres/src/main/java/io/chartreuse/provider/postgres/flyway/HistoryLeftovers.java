package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.leftover.FailedEntry;
import io.chartreuse.provider.postgres.leftover.IndexBuild;
import io.chartreuse.provider.postgres.leftover.Leftovers;
import io.chartreuse.provider.postgres.leftover.MissingEntry;
import io.chartreuse.provider.postgres.leftover.ObjectLook;
import io.chartreuse.provider.postgres.leftover.ProgressNote;
import io.chartreuse.provider.postgres.settings.MigrationSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/** Combines a database's leftovers of unfinished migrations with the history and the files. */
final class HistoryLeftovers {

    private final ScriptSet scripts;
    private final ScriptReview review;
    private final MigrationSettings settings;
    private final ObjectLook look;
    private final Supplier<Map<String, String>> routines;

    /**
     * @param scripts  the files; they show what a failed migration without a note was to build
     * @param look     asked where a process died in a statement whose outcome the note does not have
     * @param routines the code that statements may call, by name; asked for where a migration may go on
     */
    HistoryLeftovers(
            ScriptSet scripts,
            ScriptReview review,
            MigrationSettings settings,
            ObjectLook look,
            Supplier<Map<String, String>> routines) {
        this.scripts = scripts;
        this.review = review;
        this.settings = settings;
        this.look = look;
        this.routines = routines;
    }

    /** @param all what Flyway knows of the history and the files */
    Leftovers of(Leftovers found, List<MigrationInfoImpl> all) {
        List<FailedEntry> failed = all.stream()
                .filter(info -> info.getState().isFailed())
                .map(this::entry)
                .toList();
        Set<String> ended = all.stream()
                .filter(HistoryLeftovers::hasEnded)
                .map(MigrationInfoImpl::getScript)
                .collect(Collectors.toSet());
        Leftovers leftovers = found.withFailed(failed).withoutNoteOf(ended::contains);
        return leftovers
                .note()
                .flatMap(note -> ranAs(note, all).map(info -> withNote(leftovers, note, info, all)))
                .orElse(leftovers);
    }

    private Leftovers withNote(
            Leftovers leftovers, ProgressNote note, MigrationInfoImpl info, List<MigrationInfoImpl> all) {
        Optional<ContinuationDecision> decision = scripts.at(info.getPhysicalLocation())
                .map(script -> underway(script, note))
                .map(script -> new ContinuationDecision(leftovers, note, script, look));
        Leftovers repairable = leftovers
                .withAnew(decision.flatMap(ContinuationDecision::anew))
                .withDetached(decision.flatMap(ContinuationDecision::detached));
        if (leftovers.died().isEmpty()) {
            return repairable;
        }
        boolean next = leftovers.failed().isEmpty() && isNext(info, all);
        return repairable
                .withEntry(missing(note, leftovers, info))
                .withContinuation(decision.filter(any -> next).flatMap(ContinuationDecision::decide));
    }

    private ResumedScript underway(Script script, ProgressNote note) {
        return ResumedScript.of(() -> review.running(script), note, routines);
    }

    /** The migration of the note, where its file is still the one that ran. */
    private Optional<MigrationInfoImpl> ranAs(ProgressNote note, List<MigrationInfoImpl> all) {
        return all.stream()
                .filter(info ->
                        info.getResolvedMigration() != null && info.getScript().equals(note.script()))
                .filter(info -> note.statements() > 0
                        && scripts.digest(info.getScript(), info.getPhysicalLocation())
                                .filter(note.digest()::equals)
                                .isPresent())
                .findFirst();
    }

    private static boolean isNext(MigrationInfoImpl info, List<MigrationInfoImpl> all) {
        return all.stream()
                .filter(other -> other.getState() == MigrationState.PENDING)
                .findFirst()
                .filter(info::equals)
                .isPresent();
    }

    private Optional<MissingEntry> missing(ProgressNote note, Leftovers leftovers, MigrationInfoImpl info) {
        return why(note, leftovers, scripts.at(info.getPhysicalLocation()))
                .map(why ->
                        new MissingEntry(note.script(), why, new HistoryEntry(info, note.run(), settings).insert()));
    }

    private Optional<String> why(ProgressNote note, Leftovers leftovers, Optional<Script> script) {
        if (note.done() == note.statements()) {
            return Optional.of("all of its " + note.statements() + " statements are done");
        }
        if (note.done() < note.statements() - 1 || note.failure().isPresent()) {
            return Optional.empty();
        }
        return leftovers
                .built()
                .filter(index -> script.map(file -> underway(file, note))
                        .filter(file -> index.fulfils(file.written()))
                        .isPresent())
                .map(index -> "its last statement has built the index " + index.qualifiedName() + " on " + index.table()
                        + ", which is valid and as the file defines it");
    }

    /**
     * Whether it has ended. A repeatable migration has a row for each of its texts; rows of earlier texts do not count.
     */
    private static boolean hasEnded(MigrationInfoImpl info) {
        return info.isVersioned()
                ? info.getAppliedMigration() != null
                        && info.getAppliedMigration().isSuccess()
                : info.getState() == MigrationState.SUCCESS;
    }

    private FailedEntry entry(MigrationInfoImpl info) {
        List<IndexBuild> builds = scripts
                .named(info.getScript())
                .map(Script::text)
                .map(text -> List.of(text.split(";")))
                .orElse(List.of())
                .stream()
                .map(IndexBuild::of)
                .flatMap(Optional::stream)
                .toList();
        return new FailedEntry(info.getInstalledRank(), HistoryCheck.label(info), info.getScript(), builds);
    }
}
