package io.chartreuse.core.run;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.provider.ReadinessState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long a run kept a workload stopped, as the record says: from when its stop began until it was started, and once
 * more if a resumed run stopped it again. If an earlier run stopped it, the time counts from that stop. For a workload
 * that is ready again it also says how long that took.
 *
 * @param total           until it was started
 * @param since           when it was stopped, where it is not started
 * @param kept            what keeps it stopped beside this run; empty if nothing is known to
 * @param untilFirstReady until a first part of it worked again; empty if that was not observed
 * @param untilReady      until all of it did; empty if that was not observed
 * @param putBack         whether others put it back meanwhile; the time for which it ran then does not count
 * @param earlier         the stop by an earlier run that it counts from; empty where this run stopped it
 */
public record Downtime(
        Address address,
        Duration total,
        Optional<Instant> since,
        String kept,
        Optional<Duration> untilFirstReady,
        Optional<Duration> untilReady,
        boolean putBack,
        Optional<EarlierStop> earlier) {

    public Downtime {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(kept, "kept");
        Objects.requireNonNull(untilFirstReady, "untilFirstReady");
        Objects.requireNonNull(untilReady, "untilReady");
        Objects.requireNonNull(earlier, "earlier");
    }

    /** One of which it is not known when it was ready. */
    public Downtime(Address address, Duration total, Optional<Instant> since) {
        this(address, total, since, "", Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    /** Whether others put it back, and it runs since then. */
    public boolean isLeftPutBack() {
        return putBack && since.isEmpty();
    }

    /** Of each workload that the run found stopped by an earlier run, and then of each that it stopped, in the order in which it did. */
    public static List<Downtime> of(Plan plan, Run run) {
        Set<String> stops = steps(plan.stages(), StageName.QUIESCE);
        Set<String> starts = steps(
                Stream.concat(plan.stages().stream(), plan.recovery().stream()).toList(), StageName.RESTORE);
        Map<Address, Measured> measured = new LinkedHashMap<>();
        run.evidence().foundStopped().stream()
                .filter(stop -> !stop.at().isAfter(run.startedAt()))
                .forEach(stop -> measured.put(stop.address(), new Measured(stop)));
        for (Entry entry : run.entries()) {
            if (entry.event() == Event.STEP_BEGUN && isOf(stops, entry)) {
                entry.address()
                        .ifPresent(address ->
                                measured.computeIfAbsent(address, Measured::new).stop(entry.at()));
            }
            if (entry.event() == Event.WITNESSED && entry.step().isEmpty()) {
                entry.address().map(measured::get).ifPresent(stopped -> stopped.disturb(entry));
            }
            if (isOf(starts, entry)) {
                entry.address().map(measured::get).ifPresent(stopped -> stopped.follow(entry));
            }
        }
        return measured.values().stream().map(Measured::downtime).toList();
    }

    private static boolean isOf(Set<String> steps, Entry entry) {
        return entry.step().filter(steps::contains).isPresent();
    }

    private static Set<String> steps(Collection<Stage> stages, StageName name) {
        return stages.stream()
                .filter(stage -> stage.name() == name)
                .flatMap(stage -> stage.steps().stream())
                .map(PlannedStep::id)
                .collect(Collectors.toSet());
    }

    /** One workload's, entry by entry. */
    private static final class Measured {

        private final Address address;
        private final Optional<EarlierStop> earlier;
        private Duration before = Duration.ZERO;
        private Duration total = Duration.ZERO;
        private Instant stopped;
        private boolean away;
        private boolean running;
        private boolean putBack;
        private String kept = "";
        private Optional<Duration> untilFirstReady = Optional.empty();
        private Optional<Duration> untilReady = Optional.empty();

        Measured(Address address) {
            this.address = address;
            this.earlier = Optional.empty();
        }

        Measured(EarlierStop stop) {
            this.address = stop.address();
            this.earlier = Optional.of(stop);
            stop(stop.at());
        }

        /** A run may stop what is stopped already. */
        void stop(Instant at) {
            if (away) {
                return;
            }
            away = true;
            running = false;
            stopped = at;
            before = total;
            untilFirstReady = Optional.empty();
            untilReady = Optional.empty();
        }

        /** An entry of what others did to it while it was held stopped. */
        void disturb(Entry entry) {
            if (entry.standing().filter(ReadinessState.PUT_BACK::equals).isPresent()) {
                started(entry.at());
                running = true;
                putBack = true;
            } else if (entry.standing().filter(ReadinessState.STOPPED::equals).isPresent()) {
                running = false;
                stop(entry.at());
            }
        }

        /** An entry of a step that starts it, or of what became of it then. */
        void follow(Entry entry) {
            Optional<ReadinessState> standing = entry.standing();
            if (standing.filter(ReadinessState.STOPPED::equals).isPresent()) {
                kept = entry.message();
            } else if (standing.isPresent() && !running) {
                ready(standing.get(), entry.at());
            } else if (entry.event() == Event.STEP_ENDED
                    && entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isPresent()) {
                started(entry.at());
            }
        }

        private void started(Instant at) {
            if (away) {
                total = downUntil(at);
                away = false;
                kept = "";
            }
        }

        private void ready(ReadinessState standing, Instant at) {
            untilFirstReady = untilFirstReady.or(() -> Optional.of(downUntil(at)));
            if (standing == ReadinessState.READY) {
                untilReady = untilReady.or(() -> Optional.of(downUntil(at)));
            }
        }

        private Duration downUntil(Instant at) {
            return before.plus(Duration.between(stopped, at));
        }

        Downtime downtime() {
            return new Downtime(
                    address,
                    total,
                    away ? Optional.of(stopped) : Optional.empty(),
                    kept,
                    untilFirstReady,
                    untilReady,
                    putBack,
                    earlier);
        }
    }
}
