package io.chartreuse.core.audit;

import io.chartreuse.core.run.RunLink;
import io.chartreuse.spi.backend.StoredPlan;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one pruning deletes, as ids. Pure.
 *
 * @param runs      oldest first, including those that were announced before and are still stored
 * @param announced what the newest run has to record first; empty if no further run is deleted
 * @param plans     of these runs, and those that no run executed in time
 * @param approvals of plans that are deleted or not stored
 * @param kept      why no further run is deleted although it is over the limit
 */
record PruneSelection(
        List<String> runs,
        Optional<RunLink> announced,
        List<String> plans,
        List<String> approvals,
        Optional<String> kept) {

    /**
     * Selects what to delete.
     *
     * @param all       the runs as they are stored, oldest first
     * @param left      the names of those that were announced before
     * @param surplus   those that go now
     * @param plans     all that are stored
     * @param approvals ids of approvals with the ids of their plans
     * @param most      at most so many plans that no run executed
     */
    static PruneSelection of(
            List<RecordedRun> all,
            Set<String> left,
            RetentionExcess excess,
            List<StoredPlan> plans,
            Map<String, String> approvals,
            Optional<Instant> plansSince,
            int most) {
        Set<String> going =
                excess.runs().stream().map(RecordedRun::name).collect(Collectors.toCollection(HashSet::new));
        going.addAll(left);
        Set<String> named = plansOf(all.stream().filter(run -> !going.contains(run.name())));
        Set<String> spent = plansOf(all.stream().filter(run -> going.contains(run.name())));
        List<StoredPlan> free =
                plans.stream().filter(plan -> !named.contains(plan.id())).toList();
        List<String> gone = Stream.concat(
                        free.stream().filter(plan -> spent.contains(plan.id())),
                        free.stream()
                                .filter(plan -> !spent.contains(plan.id()) && isOlder(plan, plansSince))
                                .limit(most))
                .map(StoredPlan::id)
                .toList();
        Set<String> staying = plans.stream().map(StoredPlan::id).collect(Collectors.toCollection(HashSet::new));
        gone.forEach(staying::remove);
        staying.addAll(named);
        return new PruneSelection(
                all.stream().map(RecordedRun::name).filter(going::contains).toList(),
                excess.runs().stream()
                        .reduce((older, newer) -> newer)
                        .map(run -> new RunLink(run.name(), run.digest())),
                gone,
                approvals.entrySet().stream()
                        .filter(approval -> !staying.contains(approval.getValue()))
                        .map(Map.Entry::getKey)
                        .toList(),
                excess.kept());
    }

    private static Set<String> plansOf(Stream<RecordedRun> runs) {
        return runs.map(run -> run.run().planId()).collect(Collectors.toSet());
    }

    private static boolean isOlder(StoredPlan plan, Optional<Instant> since) {
        return since.filter(limit -> plan.createdAt().isBefore(limit)).isPresent();
    }

    PruneResult pruned() {
        return new PruneResult(runs, plans, approvals.size(), kept);
    }
}
