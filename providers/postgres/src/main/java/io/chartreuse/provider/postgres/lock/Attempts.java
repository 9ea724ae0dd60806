package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.migrate.MigrationRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How often the next migration has failed, and since when. Counts anew once that one has succeeded. */
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

    /** One has failed; this is what remains to be done. */
    void failed(MigrationRun left) {
        boolean another = left.pending().size() < run.pending().size();
        if (count == 0 || another) {
            first = clock.instant();
            count = 0;
        }
        count++;
        run = left;
    }

    /** What remains to be done. */
    MigrationRun run() {
        return run;
    }

    /** Whether it failed with nothing left to do: it had been committed. */
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
