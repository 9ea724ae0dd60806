package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.migrate.MigrationRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The failures of the next migration, and the time of the first. Counts anew once that migration has succeeded. */
final class Attempts {

    private final Clock clock;
    private MigrationRun run;
    private Instant first;
    private int count;

    Attempts(MigrationRun run, Clock clock) {
        this.clock = clock;
        this.run = run;
        this.first = clock.instant();
    }

    /** Records a failure. @param left the remaining migrations */
    void failed(MigrationRun left) {
        boolean another = left.pending().size() < run.pending().size();
        if (count == 0 || another) {
            first = clock.instant();
            count = 0;
        }
        count++;
        run = left;
    }

    /** The remaining migrations. */
    MigrationRun run() {
        return run;
    }

    /** Whether no migration remains although one failed: it had been committed. */
    boolean done() {
        return count > 0 && run.pending().isEmpty();
    }

    int count() {
        return count;
    }

    Duration spent() {
        return Duration.between(first, clock.instant());
    }
}
