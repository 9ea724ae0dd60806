package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.remains.FailedEntry;
import io.chartreuse.provider.postgres.remains.IndexBuild;
import io.chartreuse.provider.postgres.remains.MissingEntry;
import io.chartreuse.provider.postgres.remains.ProgressNote;
import io.chartreuse.provider.postgres.remains.Remains;
import io.chartreuse.provider.postgres.settings.MigrationSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/** What the database holds of unfinished migrations, seen together with the history and the files. Pure. */
final class HistoryRemains {

    private HistoryRemains() {}

    /** @param scripts those at hand; they tell what a failed migration without a note was to build */
    static Remains of(Remains found, List<MigrationInfoImpl> all, ScriptSet scripts, MigrationSettings settings) {
        List<FailedEntry> failed = all.stream()
                .filter(info -> info.getState().isFailed())
                .map(info -> entry(info, scripts))
                .toList();
        Set<String> ended = all.stream()
                .filter(HistoryRemains::hasEnded)
                .map(MigrationInfoImpl::getScript)
                .collect(Collectors.toSet());
        Remains remains = found.withFailed(failed).withoutNoteOf(ended::contains);
        return remains.withEntry(remains.died().flatMap(note -> missing(note, remains, all, scripts, settings)));
    }

    /** Only what ran is recorded: the file must be the one of the note. */
    private static Optional<MissingEntry> missing(
            ProgressNote note,
            Remains remains,
            List<MigrationInfoImpl> all,
            ScriptSet scripts,
            MigrationSettings settings) {
        return all.stream()
                .filter(info ->
                        info.getResolvedMigration() != null && info.getScript().equals(note.script()))
                .filter(info -> note.statements() > 0
                        && scripts.digest(info.getScript(), info.getPhysicalLocation())
                                .filter(note.digest()::equals)
                                .isPresent())
                .findFirst()
                .flatMap(info -> why(note, remains, scripts.at(info.getPhysicalLocation()))
                        .map(why -> new MissingEntry(
                                note.script(), why, new HistoryEntry(info, note.run(), settings).insert())));
    }

    private static Optional<String> why(ProgressNote note, Remains remains, Optional<Script> script) {
        if (note.done() == note.statements()) {
            return Optional.of("all of its " + note.statements() + " statements are done");
        }
        if (note.done() < note.statements() - 1 || note.failure().isPresent()) {
            return Optional.empty();
        }
        return remains.built()
                .filter(index -> script.flatMap(file -> statement(file, note.line()))
                        .filter(index::fulfils)
                        .isPresent())
                .map(index -> "its last statement has built the index " + index.qualifiedName() + " on " + index.table()
                        + ", which is valid and as the file defines it");
    }

    /** As the file has it, comments taken out. */
    private static Optional<String> statement(Script script, int line) {
        List<String> found = new ArrayList<>();
        try (Reader text = script.read()) {
            TopLevelStatements.read(text, statement -> {
                if (statement.line() == line) {
                    found.add(statement.text());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().findFirst();
    }

    /** A repeatable one has a row for each of its texts: that of an earlier text says nothing. */
    private static boolean hasEnded(MigrationInfoImpl info) {
        return info.isVersioned()
                ? info.getAppliedMigration() != null
                        && info.getAppliedMigration().isSuccess()
                : info.getState() == MigrationState.SUCCESS;
    }

    private static FailedEntry entry(MigrationInfoImpl info, ScriptSet scripts) {
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
