package io.chartreuse.provider.postgres.server;

import io.chartreuse.provider.postgres.pause.Backoff;
import io.chartreuse.provider.postgres.pause.Sleeper;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.text.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a server that is not available yet: its name does not resolve, it refuses connections, or it is starting
 * up. Every other answer ends the wait, unless it comes from a standby that its cluster may promote. Bounded by {@code
 * waitAvailable}, or by the time that a cluster needs to promote another server.
 */
public final class ServerWait {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWait.class);

    private final DatabaseSettings database;
    private final Supplier<Duration> failover;
    private final Clock clock;
    private final Sleeper pause;
    private final Backoff pauses;

    /** @param failover how long to wait in any case; asked when a look has failed for the first time */
    public ServerWait(
            DatabaseSettings database, Supplier<Duration> failover, Clock clock, Sleeper pause, Backoff pauses) {
        this.database = database;
        this.failover = failover;
        this.clock = clock;
        this.pause = pause;
        this.pauses = pauses;
    }

    /**
     * The first result that is good enough; when time is up, the last one.
     *
     * @param wanting how long to wait for something better than the result, counted from the first answer; zero where
     *                it is good enough
     * @throws ChartreuseException that of the last try, when it fails for another reason or time is up
     */
    public <T> T await(Supplier<T> look, Function<T, Duration> wanting) {
        Instant begun = clock.instant();
        Optional<Instant> answered = Optional.empty();
        Optional<Duration> patience = Optional.empty();
        for (int attempt = 1; true; attempt++) {
            Seen<T> seen = see(look, wanting);
            if (seen.isEnough()) {
                return seen.result();
            }
            Instant now = clock.instant();
            answered = answered.or(() -> seen.found().map(found -> now));
            patience = patience.or(() -> seen.failure().map(failure -> longer(failover.get())));
            Instant until = seen.found().isPresent()
                    ? answered.orElse(now).plus(seen.wanting())
                    : begun.plus(patience.orElse(Duration.ZERO));
            Duration left = Duration.between(now, until);
            if (left.isNegative() || left.isZero()) {
                return seen.result();
            }
            tell(attempt, left, seen.why());
            rest(attempt, left);
        }
    }

    private static <T> Seen<T> see(Supplier<T> look, Function<T, Duration> wanting) {
        try {
            T found = look.get();
            return new Seen<>(Optional.of(found), Optional.empty(), wanting.apply(found));
        } catch (ChartreuseException e) {
            if (!ConnectionLossCheck.mayPass(e)) {
                throw e;
            }
            return new Seen<>(Optional.empty(), Optional.of(e), Duration.ZERO);
        }
    }

    /** The result of one try, or why it failed. */
    private record Seen<T>(Optional<T> found, Optional<ChartreuseException> failure, Duration wanting) {

        boolean isEnough() {
            return found.isPresent() && wanting.isZero();
        }

        T result() {
            return found.orElseThrow(failure::orElseThrow);
        }

        String why() {
            return failure.map(ChartreuseException::getMessage).orElse("it is a standby");
        }
    }

    private Duration longer(Duration failover) {
        Duration available = database.run().waitAvailable();
        return available.compareTo(failover) < 0 ? failover : available;
    }

    private void tell(int attempt, Duration left, String why) {
        if (attempt == 1) {
            LOG.warn("database {} is waited for, for {} at most: {}", database.name(), DurationText.of(left), why);
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
