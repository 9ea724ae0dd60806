package io.chartreuse.core.state;

import io.chartreuse.core.refresh.Concurrently;
import io.chartreuse.core.refresh.Inspection;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the state of the release when a run is over, and records it. A failure is reported and affects nothing else.
 */
public final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final Providers providers;
    private final StateStore store;
    private final StateMaker maker;
    private final Clock clock;

    public Recorder(Providers providers, StateStore store, StateMaker maker, Clock clock) {
        this.providers = providers;
        this.store = store;
        this.maker = maker;
        this.clock = clock;
    }

    /**
     * Records the state of these providers' resources. Called under the lock.
     *
     * @param run   the run after whose steps the state is recorded
     * @param names the providers to ask; what is recorded for others stays
     * @param patience how long they are waited for at most
     * @param report  receives a sentence for what could not be recorded
     * @return the digest of the state that is recorded for this run, if one is
     */
    public Optional<String> record(String run, Collection<String> names, Duration patience, Consumer<String> report) {
        try {
            return recorded(run, names, patience, report).or(() -> left(run));
        } catch (RuntimeException | VersionConflict e) {
            LOG.debug("the state is not recorded", e);
            report.accept("how the release stands now is not recorded: " + e.getMessage());
            return left(run);
        }
    }

    private Optional<String> recorded(String run, Collection<String> names, Duration patience, Consumer<String> report)
            throws VersionConflict {
        CompletableFuture<Optional<Artifact>> before = Concurrently.start("state", store::read);
        List<Inspection> found = providers.inspect(names, () -> true, patience);
        for (Inspection inspection : found) {
            unread(inspection).ifPresent(report);
        }
        if (found.stream().noneMatch(Inspection::isWhole)) {
            return Optional.empty();
        }
        Optional<Artifact> former = Concurrently.result(before);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        State state = maker.make(found, former.flatMap(this::sound), Optional.of(run), now);
        store.write(artifact(state, former.map(Artifact::version).orElse("")));
        return Optional.of(state.digest());
    }

    private static Optional<String> unread(Inspection inspection) {
        return Stream.of(inspection.problems(), inspection.gaps())
                .flatMap(List::stream)
                .map(Diagnostic::summary)
                .findFirst()
                .map(why -> "how " + inspection.provider() + " stands now is not recorded: " + why);
    }

    /** A state that was tampered with is replaced; the new state takes nothing from it. */
    private Optional<State> sound(Artifact artifact) {
        try {
            return Optional.of(StateReader.stored(artifact, maker.release()));
        } catch (ChartreuseException e) {
            LOG.debug("the former state is not used", e);
            return Optional.empty();
        }
    }

    /** A run that is resumed may have recorded in its former life; that is still what is on record of it. */
    private Optional<String> left(String run) {
        try {
            return store.read()
                    .flatMap(this::sound)
                    .filter(state -> state.run().equals(Optional.of(run)))
                    .map(State::digest);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Artifact artifact(State state, String version) {
        return new Artifact(
                StateStore.CURRENT,
                state.release().name(),
                state.formatVersion(),
                state.recordedAt(),
                state.document().toString(),
                version);
    }
}
