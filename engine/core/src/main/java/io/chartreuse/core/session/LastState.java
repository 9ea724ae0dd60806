package io.chartreuse.core.session;

import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Concurrently;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateReader;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.model.ChartreuseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state that the last run recorded, read while providers look at the world. A plan can do without it: what cannot be
 * read, or not soon enough, is logged and counts as not recorded.
 */
final class LastState {

    private static final Logger LOG = LoggerFactory.getLogger(LastState.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final CompletableFuture<Optional<State>> reading;

    private LastState(CompletableFuture<Optional<State>> reading) {
        this.reading = reading;
    }

    /** Begins to read it. */
    static LastState reading(StateStore store, Release release) {
        return new LastState(Concurrently.start("state", () -> read(store, release)));
    }

    private static Optional<State> read(StateStore store, Release release) {
        try {
            return StateReader.read(store, release);
        } catch (ChartreuseException e) {
            LOG.warn("drift is not shown: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Waits for it, but not for long. */
    Optional<State> get() {
        return Concurrently.result(
                reading.copy().completeOnTimeout(Optional.empty(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    boolean isThere() {
        return get().isPresent();
    }
}
