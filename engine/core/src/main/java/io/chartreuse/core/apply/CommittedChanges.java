package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlannedStep;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.StepOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run has moved, as its entries tell, in one sentence: for when nothing else keeps it. Pure. */
final class CommittedChanges {

    private CommittedChanges() {}

    static String of(Plan plan, Run run) {
        Set<String> begun = steps(run, Event.STEP_BEGUN, entry -> true);
        Set<String> done = steps(run, Event.STEP_ENDED, CommittedChanges::hasSucceeded);
        List<String> said = new ArrayList<>();
        say(said, "migrated", plan, StageName.MIGRATE, done::contains);
        say(
                said,
                "begun and not migrated to the end",
                plan,
                StageName.MIGRATE,
                step -> begun.contains(step) && !done.contains(step));
        say(said, "stopped", plan, StageName.QUIESCE, begun::contains);
        say(said, "brought back", plan, StageName.RESTORE, done::contains);
        return said.isEmpty() ? "nothing has moved" : String.join("; ", said);
    }

    private static void say(List<String> said, String what, Plan plan, StageName stage, Predicate<String> step) {
        String addresses = Stream.concat(plan.stages().stream(), plan.recovery().stream())
                .filter(one -> one.name() == stage)
                .map(Stage::steps)
                .flatMap(List::stream)
                .filter(planned -> step.test(planned.id()))
                .map(PlannedStep::address)
                .map(Object::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!addresses.isEmpty()) {
            said.add(what + ": " + addresses);
        }
    }

    private static Set<String> steps(Run run, Event event, Predicate<Entry> which) {
        return run.entries().stream()
                .filter(entry -> entry.event() == event)
                .filter(which)
                .flatMap(entry -> entry.step().stream())
                .collect(Collectors.toSet());
    }

    private static boolean hasSucceeded(Entry entry) {
        return entry.outcome().filter(StepOutcome.SUCCEEDED::equals).isPresent();
    }
}
