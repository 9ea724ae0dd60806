package io.chartreuse.core.audit;

import io.chartreuse.core.configuration.RetentionSetting;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which runs are over what retention keeps: from the oldest on, up to the first that has to stay. Pure.
 *
 * @param runs in the order of the chain
 * @param kept why the run after them stays although it is over the limit; empty where none is
 */
record RetentionExcess(List<RecordedRun> runs, Optional<String> kept) {

    RetentionExcess {
        runs = List.copyOf(runs);
    }

    /**
     * Looks for them.
     *
     * @param chain all runs, in its order
     * @param plans a run's plan, by the plan's id, where it can be read
     */
    static RetentionExcess of(
            List<RecordedRun> chain, RetentionSetting retention, Instant now, Function<String, Optional<Plan>> plans) {
        List<Run> runs = chain.stream().map(RecordedRun::run).toList();
        int count = 0;
        while (count < runs.size() && isOver(runs, count, retention, now)) {
            Optional<String> kept = kept(runs, count, plans);
            if (kept.isPresent()) {
                return new RetentionExcess(chain.subList(0, count), kept);
            }
            count++;
        }
        return new RetentionExcess(chain.subList(0, count), Optional.empty());
    }

    /** The oldest of them. */
    RetentionExcess atMost(int count) {
        return new RetentionExcess(runs.subList(0, Math.min(count, runs.size())), kept);
    }

    private static boolean isOver(List<Run> runs, int index, RetentionSetting retention, Instant now) {
        int keptFrom = runs.size() - retention.runs().orElse(runs.size());
        Instant oldest = retention.age().map(now::minus).orElse(Instant.MIN);
        return index < keptFrom || runs.get(index).startedAt().isBefore(oldest);
    }

    private static Optional<String> kept(List<Run> runs, int index, Function<String, Optional<Plan>> plans) {
        Run run = runs.get(index);
        List<Run> later = runs.subList(index + 1, runs.size());
        if (later.isEmpty()) {
            return Optional.of("run " + run.id() + " is the newest");
        }
        if (succeeded(run)) {
            return later.stream().anyMatch(RetentionExcess::succeeded)
                    ? Optional.empty()
                    : Optional.of("run " + run.id() + " is the last that succeeded");
        }
        return stopped(run, plans)
                .filter(address -> later.stream().noneMatch(other -> settles(other, address, plans)))
                .findFirst()
                .map(address -> "run " + run.id() + " stopped " + address + ", and no run has brought it back");
    }

    private static boolean succeeded(Run run) {
        return run.outcome() == Outcome.SUCCEEDED;
    }

    /** What the run left stopped, as far as the record says. */
    private static Stream<Address> stopped(Run run, Function<String, Optional<Plan>> plans) {
        return plans
                .apply(run.planId())
                .map(plan -> Downtime.of(plan, run))
                .orElse(run.evidence().downtimes())
                .stream()
                .filter(time -> time.since().isPresent())
                .map(Downtime::address);
    }

    /** Whether that run has the workload on its own account, or found it as it should be, or brought it back. */
    private static boolean settles(Run run, Address address, Function<String, Optional<Plan>> plans) {
        boolean touched = run.entries().stream()
                .filter(entry -> entry.event() == Event.STEP_ENDED)
                .filter(entry ->
                        entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isPresent())
                .anyMatch(entry -> entry.address().filter(address::equals).isPresent());
        return touched
                || succeeded(run)
                        && plans.apply(run.planId()).stream()
                                .flatMap(plan -> plan.changes().stream())
                                .anyMatch(change -> change.address().equals(address));
    }
}
