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
 * says is an answer. Bounded by {@code waitAvailable}, or by the time that a cluster needs to promote another server.
 */
public final class Arrival {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    private final DatabaseSettings database;
    private final Supplier<Duration> failover;
    private final Clock clock;
    private final Pause pause;
    private final GrowingPauses pauses;

    /** @param failover how long to wait in any case; asked when a look has failed for the first time */
    public Arrival(
            DatabaseSettings database, Supplier<Duration> failover, Clock clock, Pause pause, GrowingPauses pauses) {
        this.database = database;
        this.failover = failover;
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
        Instant begun = clock.instant();
        Duration patience = database.run().waitAvailable();
        for (int attempt = 1; true; attempt++) {
            try {
                return look.get();
            } catch (ChartreuseException e) {
                if (!Loss.mayPass(e)) {
                    throw e;
                }
                if (attempt == 1) {
                    patience = longer(patience, failover.get());
                }
                Duration left = Duration.between(clock.instant(), begun.plus(patience));
                if (left.isNegative() || left.isZero()) {
                    throw e;
                }
                tell(attempt, patience, e);
                rest(attempt, left);
            }
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private void tell(int attempt, Duration patience, ChartreuseException why) {
        if (attempt == 1) {
            LOG.warn(
                    "database {} is waited for, for {} at most: {}",
                    database.name(),
                    DurationText.of(patience),
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
