package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.provider.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reports the result of each migration of an upgrade once it is certain: several may be committed together, long after
 * the first of them was executed.
 */
final class UpgradeResults {

    private final Progress progress;
    private final List<Done> done = new ArrayList<>();
    private final List<Migration> committed = new ArrayList<>();
    private boolean any;
    private long begun;

    UpgradeResults(Progress progress) {
        this.progress = progress;
    }

    /** Whether a migration was applied, committed or not. */
    boolean any() {
        return any;
    }

    /** The migrations that are certainly committed, in order. */
    List<Migration> known() {
        return List.copyOf(committed);
    }

    void begun() {
        begun = System.nanoTime();
    }

    /** The current migration was executed; it may not be committed yet. */
    void applied(Migration migration) {
        any = true;
        done.add(new Done(migration, took()));
    }

    /** All executed migrations are committed. */
    void committed() {
        done.forEach(this::report);
        done.clear();
    }

    /**
     * The upgrade has failed.
     *
     * @param current the migration that was under way
     * @param applied the revisions that the database has; empty where that is not known
     */
    void failed(Optional<Migration> current, Optional<Set<String>> applied) {
        done.removeIf(one ->
                !applied.orElse(Set.of()).contains(one.migration().version().orElse("")));
        committed();
        current.ifPresent(migration -> progress.ended(MigrationResult.failed(migration.script(), took())));
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void report(Done one) {
        committed.add(one.migration());
        progress.ended(MigrationResult.applied(one.migration().script(), one.took()));
    }

    /** An executed migration, and how long it took. */
    private record Done(Migration migration, Duration took) {}
}
