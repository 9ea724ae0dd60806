package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanReader;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.EarlierStop;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.PlanStore;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which run stopped what a plan finds stopped: its downtime counts from there. The record is believed as far as its times are
 * possible, for nothing but that.
 */
final class EarlierStops {

    private final Supplier<List<Run>> newestFirst;
    private final PlanStore plans;
    private final Map<String, List<Downtime>> downtimes = new HashMap<>();

    /**
     * @param newestFirst asked only where something stands still, as each run is verified for it
     * @param plans       asked for the plan of a run that died before it wrote down what it cost
     */
    EarlierStops(Supplier<List<Run>> newestFirst, PlanStore plans) {
        this.newestFirst = newestFirst;
        this.plans = plans;
    }

    /** Of what stands still now and has a step in the plan, in the order of the resources. */
    List<EarlierStop> of(Plan plan, List<Resource> resources, Instant now) {
        Set<Address> planned = Stream.concat(plan.stages().stream(), plan.recovery().stream())
                .flatMap(stage -> stage.steps().stream())
                .map(step -> step.address())
                .collect(Collectors.toSet());
        List<Address> stopped = TargetCheck.stopped(resources).stream()
                .filter(planned::contains)
                .toList();
        if (stopped.isEmpty()) {
            return List.of();
        }
        List<Run> runs = newestFirst.get();
        return stopped.stream()
                .flatMap(address -> find(address, runs).stream())
                .filter(stop -> !stop.at().isAfter(now))
                .toList();
    }

    /** The newest run that says something of the workload decides: one that brought it back, too. */
    private Optional<EarlierStop> find(Address address, List<Run> runs) {
        for (Run run : runs) {
            Optional<Downtime> time = downtimes(run).stream()
                    .filter(one -> one.address().equals(address))
                    .findFirst();
            if (time.isPresent()) {
                return stop(run, time.get());
            }
            if (hasBroughtBack(run, address)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<EarlierStop> stop(Run run, Downtime time) {
        return time.since()
                .filter(since -> time.earlier().isPresent() || !since.isBefore(run.startedAt()))
                .filter(since -> !since.isAfter(run.endedAt().orElse(Instant.MAX)))
                .map(since -> new EarlierStop(
                        time.address(), time.earlier().map(EarlierStop::run).orElse(run.id()), since))
                .filter(stop -> RunRecords.isId(stop.run()));
    }

    private static boolean hasBroughtBack(Run run, Address address) {
        return run.entries().stream()
                .filter(entry -> entry.event() == Event.STEP_ENDED)
                .filter(entry ->
                        entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isPresent())
                .anyMatch(entry -> entry.address().filter(address::equals).isPresent());
    }

    private List<Downtime> downtimes(Run run) {
        return run.evidence().downtimes().isEmpty()
                ? downtimes.computeIfAbsent(run.id(), any -> measured(run))
                : run.evidence().downtimes();
    }

    private List<Downtime> measured(Run run) {
        if (!run.has(Event.STEP_BEGUN)) {
            return List.of();
        }
        try {
            return plans.find(run.planId())
                    .map(Artifact::content)
                    .map(content -> PlanReader.read(content, "plan " + Plan.shortId(run.planId())))
                    .filter(plan -> plan.id().equals(run.planId()))
                    .map(plan -> Downtime.of(plan, run))
                    .orElse(List.of());
        } catch (ChartreuseException unreadable) {
            return List.of();
        }
    }
}
