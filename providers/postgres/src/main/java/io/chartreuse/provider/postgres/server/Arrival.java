package io.chartreuse.provider.postgres.server;

import io.chartreuse.provider.postgres.pause.GrowingPauses;
import io.chartreuse.provider.postgres.pause.Pause;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a server that is not there yet: its name is not known, nobody listens, it is starting up. Whatever else it
 * says is an answer. Bounded by {@code waitAvailable}.
 */
public final class Arrival {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    private final DatabaseSettings database;
    private final Clock clock;
    private final Pause pause;
    private final GrowingPauses pauses;

    public Arrival(DatabaseSettings database, Clock clock, Pause pause, GrowingPauses pauses) {
        this.database = database;
        this.clock = clock;
        this.pause = pause;
        this.pauses = pauses;
    }

    /**
     * The first look that succeeds.
     *
     * @throws ChartreuseException the look's own, when it fails for another reason or the time is over
     */
    public <T> T await(Supplier<T> look) {
        Instant until = clock.instant().plus(database.run().waitAvailable());
        for (int attempt = 1; true; attempt++) {
            try {
                return look.get();
            } catch (ChartreuseException e) {
                Duration left = Duration.between(clock.instant(), until);
                if (!Loss.mayPass(e) || left.isNegative() || left.isZero()) {
                    throw e;
                }
                tell(attempt, e);
                rest(attempt, left);
            }
        }
    }

    private void tell(int attempt, ChartreuseException why) {
        if (attempt == 1) {
            LOG.warn(
                    "database {} is waited for, for {} at most: {}",
                    database.name(),
                    DurationText.of(database.run().waitAvailable()),
                    why.getMessage());
        }
    }

    private void rest(int attempt, Duration left) {
        Duration rest = pauses.after(attempt);
        try {
            pause.rest(rest.compareTo(left) < 0 ? rest : left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while database " + database.name() + " was waited for", e);
        }
    }
}
