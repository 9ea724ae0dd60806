package io.chartreuse.core.session;

import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.Inspection;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateError;
import io.chartreuse.core.state.StateMaker;
import io.chartreuse.core.state.StateReader;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the release stands, whole: as it was recorded, or as it is. */
public final class ReleaseStates {

    private final Providers providers;
    private final StateStore store;
    private final StateMaker maker;
    private final Clock clock;

    ReleaseStates(Providers providers, StateStore store, StateMaker maker, Clock clock) {
        this.providers = providers;
        this.store = store;
        this.maker = maker;
        this.clock = clock;
    }

    private Release release() {
        return maker.release();
    }

    /**
     * What the last run recorded.
     *
     * @throws ChartreuseException where nothing is recorded, or it cannot be read
     */
    public State recorded() {
        return StateReader.read(store, release())
                .orElseThrow(() -> new ChartreuseException(Diagnostic.error(
                        StateError.NONE,
                        "no run has recorded yet how release " + release() + " stands",
                        "Plan where the databases can be reached; each run records when it ends."
                                + " Or write a file there: chartreuse state --out FILE")));
    }

    /**
     * As it stands now. Changes nothing and keeps nothing.
     *
     * @throws ChartreuseException where something cannot be read
     */
    public State now() {
        List<Inspection> found = providers.inspect(providers.names(), () -> true);
        List<Diagnostic> problems = found.stream()
                .flatMap(inspection -> Stream.concat(inspection.problems().stream(), inspection.gaps().stream()))
                .toList();
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
        return maker.make(
                found, Optional.empty(), Optional.empty(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
