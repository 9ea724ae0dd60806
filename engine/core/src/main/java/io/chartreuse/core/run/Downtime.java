package io.chartreuse.core.run;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.spi.Address;
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
 * How long a run kept a workload from its work, as the record says: from when its stop began until it was back, and
 * again where a resumed run stopped it once more.
 *
 * @param total until it was back
 * @param since when it was stopped, where it is not back
 */
public record Downtime(Address address, Duration total, Optional<Instant> since) {

    public Downtime {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(since, "since");
    }

    /** Of each workload that the run stopped, in the order in which it did. */
    public static List<Downtime> of(Plan plan, Run run) {
        Set<String> stops = steps(plan.stages(), StageName.QUIESCE);
        Set<String> starts = steps(
                Stream.concat(plan.stages().stream(), plan.recovery().stream()).toList(), StageName.RESTORE);
        Map<Address, Downtime> times = new LinkedHashMap<>();
        for (Entry entry : run.entries()) {
            if (entry.event() == Event.STEP_BEGUN && isOf(stops, entry)) {
                Address address = entry.address().orElseThrow();
                times.merge(address, new Downtime(address, Duration.ZERO, Optional.of(entry.at())), Downtime::again);
            }
            if (isDone(entry) && isOf(starts, entry)) {
                times.computeIfPresent(entry.address().orElseThrow(), (address, time) -> time.backAt(entry.at()));
            }
        }
        return List.copyOf(times.values());
    }

    /** A resumed run may stop what is stopped already. */
    private Downtime again(Downtime stop) {
        return since.isPresent() ? this : new Downtime(address, total, stop.since());
    }

    private Downtime backAt(Instant time) {
        Duration down = since.map(from -> Duration.between(from, time)).orElse(Duration.ZERO);
        return new Downtime(address, total.plus(down), Optional.empty());
    }

    private static boolean isOf(Set<String> steps, Entry entry) {
        return entry.step().filter(steps::contains).isPresent();
    }

    private static boolean isDone(Entry entry) {
        return entry.event() == Event.STEP_ENDED
                && entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isPresent();
    }

    private static Set<String> steps(Collection<Stage> stages, StageName name) {
        return stages.stream()
                .filter(stage -> stage.name() == name)
                .flatMap(stage -> stage.steps().stream())
                .map(PlannedStep::id)
                .collect(Collectors.toSet());
    }
}
