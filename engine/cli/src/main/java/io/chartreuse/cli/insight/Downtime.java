package io.chartreuse.cli.insight;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long a run kept a workload from its work: from when its stop began until it was back, as the record says.
 *
 * @param back when it was started again; empty where the run did not do that
 */
public record Downtime(Address address, Instant stopped, Optional<Instant> back) {

    /** Empty where the workload is not back. */
    public Optional<Duration> duration() {
        return back.map(at -> Duration.between(stopped, at));
    }

    /** Of each workload that the run stopped, in the order in which it did. */
    public static List<Downtime> of(Plan plan, Run run) {
        Set<String> stops = steps(plan.stages(), StageName.QUIESCE);
        Set<String> starts = steps(
                Stream.concat(plan.stages().stream(), plan.recovery().stream()).toList(), StageName.RESTORE);
        Map<Address, Downtime> times = new LinkedHashMap<>();
        for (Entry entry : run.entries()) {
            if (entry.event() == Event.STEP_BEGUN && stops.contains(entry.step().orElse(""))) {
                Address address = entry.address().orElseThrow();
                times.merge(address, new Downtime(address, entry.at(), Optional.empty()), Downtime::stoppedAgain);
            }
            if (isDone(entry) && starts.contains(entry.step().orElse(""))) {
                times.computeIfPresent(
                        entry.address().orElseThrow(),
                        (address, time) -> new Downtime(address, time.stopped(), Optional.of(entry.at())));
            }
        }
        return List.copyOf(times.values());
    }

    /** A resumed run stops what is stopped already; what had come back in between is down anew. */
    private static Downtime stoppedAgain(Downtime before, Downtime again) {
        return before.back().isPresent() ? again : before;
    }

    private static boolean isDone(Entry entry) {
        return entry.event() == Event.STEP_ENDED
                && entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isPresent();
    }

    private static Set<String> steps(List<Stage> stages, StageName name) {
        return stages.stream()
                .filter(stage -> stage.name() == name)
                .flatMap(stage -> stage.steps().stream())
                .map(step -> step.id())
                .collect(Collectors.toSet());
    }
}
