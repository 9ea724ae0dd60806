package io.chartreuse.core.session;

import io.chartreuse.core.drift.Drift;
import io.chartreuse.core.drift.DriftReport;
import io.chartreuse.core.drift.DriftedPart;
import io.chartreuse.core.drift.MaintenanceLeftovers;
import io.chartreuse.core.drift.UnrecordedRuns;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.refresh.Inspection;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.refresh.RefreshResult;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.state.State;
import io.chartreuse.core.state.StateReader;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads the state of a release once. What cannot be read is among the problems, and does not hide the rest. */
final class StatusReading {

    private final Session session;
    private final Providers providers;
    private final Backend backend;
    private final Clock clock;
    private final List<Diagnostic> problems = new ArrayList<>();

    StatusReading(Session session, Providers providers, Backend backend, Clock clock) {
        this.session = session;
        this.providers = providers;
        this.backend = backend;
        this.clock = clock;
    }

    ReleaseStatus status() {
        Records records = records();
        return status(records, providers.read(providers.names()), Optional.empty());
    }

    ReleaseStatus withDrift() {
        Records records = records();
        int before = problems.size();
        Optional<State> state = readOrReport(() -> StateReader.read(backend.state(), session.release()));
        boolean known = problems.size() == before;
        List<Inspection> found = providers.inspect(providers.names(), state::isPresent);
        found.forEach(inspection -> problems.addAll(inspection.gaps()));
        return status(
                records,
                Inspection.reading(found),
                known && records.read() ? Optional.of(drift(records, state, found)) : Optional.empty());
    }

    /** What the backend tells; if it could not be read, lock and last run are unknown. */
    private record Records(Optional<Lease> lock, List<Run> runs, boolean read) {

        Optional<Run> lastRun() {
            return runs.stream().reduce((older, newer) -> newer);
        }
    }

    private Records records() {
        Optional<Lease> lock = readOrReport(() -> backend.lock().read());
        List<Run> runs = readOrReport(() -> Optional.of(session.audit().runs())).orElse(List.of());
        return new Records(lock, runs, problems.isEmpty());
    }

    private ReleaseStatus status(Records records, RefreshResult reading, Optional<DriftReport> drift) {
        problems.addAll(reading.problems());
        return new ReleaseStatus(
                session.release(),
                records.lock(),
                records.lastRun(),
                records.lastRun().flatMap(this::plan),
                reading.resources(),
                records.read(),
                problems.stream().distinct().toList(),
                drift);
    }

    private Optional<Plan> plan(Run run) {
        try {
            return Optional.of(session.audit().plan(run.planId()));
        } catch (ChartreuseException unreadable) {
            return Optional.empty();
        }
    }

    private DriftReport drift(Records records, Optional<State> state, List<Inspection> found) {
        boolean running = records.lock()
                .filter(lease -> clock.instant().isBefore(lease.expiresAt()))
                .isPresent();
        boolean current = records.lastRun()
                .map(run -> state.flatMap(State::run).equals(Optional.of(run.id())))
                .orElse(true);
        return new DriftReport(state, current, running, running ? List.of() : moved(state, records.runs(), found));
    }

    private List<DriftedPart> moved(Optional<State> state, List<Run> runs, List<Inspection> found) {
        Stream<DriftedPart> since = state.stream()
                .flatMap(last -> Drift.since(
                        last,
                        session.configuration().sectionDigests(),
                        UnrecordedRuns.since(last, runs, this::plan),
                        found)
                        .stream());
        return Stream.concat(
                        since, MaintenanceLeftovers.of(Inspection.reading(found).resources()).stream())
                .sorted()
                .toList();
    }

    private <T> Optional<T> readOrReport(Supplier<Optional<T>> reading) {
        try {
            return reading.get();
        } catch (ChartreuseException e) {
            problems.addAll(e.diagnostics());
            return Optional.empty();
        }
    }
}
