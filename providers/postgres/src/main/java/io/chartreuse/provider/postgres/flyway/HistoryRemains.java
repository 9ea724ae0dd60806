package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.remains.FailedEntry;
import io.chartreuse.provider.postgres.remains.IndexBuild;
import io.chartreuse.provider.postgres.remains.Remains;
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
    static Remains of(Remains found, List<MigrationInfoImpl> all, ScriptSet scripts) {
        List<FailedEntry> failed = all.stream()
                .filter(info -> info.getState().isFailed())
                .map(info -> entry(info, scripts))
                .toList();
        Set<String> ended = all.stream()
                .filter(HistoryRemains::hasEnded)
                .map(MigrationInfoImpl::getScript)
                .collect(Collectors.toSet());
        return found.withFailed(failed).withoutNoteOf(ended::contains);
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
