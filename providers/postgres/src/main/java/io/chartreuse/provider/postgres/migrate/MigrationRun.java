package io.chartreuse.provider.postgres.migrate;

import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.provider.Progress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One run of a database's migrations.
 *
 * @param goal       the revision to stop at; empty where no versioned migration is involved
 * @param start      the revision before, for people
 * @param migrations the migrations to run, in that order, with their callbacks and baseline
 * @param by         release and run; kept in the history and shown by the server
 * @param progress   gets a message before each migration
 */
public record MigrationRun(
        Optional<String> goal, Optional<String> start, List<Migration> migrations, String by, Progress progress) {
    public MigrationRun {
        Objects.requireNonNull(goal, "goal");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(progress, "progress");
        migrations = List.copyOf(migrations);
    }

    /** The migrations to apply, in that order. */
    public List<Migration> pending() {
        return Migration.pending(migrations);
    }
}
