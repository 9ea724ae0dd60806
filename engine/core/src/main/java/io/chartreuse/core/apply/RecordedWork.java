package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.LostCommitCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run has recorded as committed while it went on, against what is there when it is resumed. */
final class RecordedWork {

    private RecordedWork() {}

    /** What is missing of it, as the providers say. */
    static List<Diagnostic> lost(Run run, Plan plan, List<Resource> resources, Providers providers) {
        return plan.changes().stream()
                .filter(change -> change.actions().contains("migrate"))
                .flatMap(change -> lost(change, of(run, change), resources, providers).stream())
                .toList();
    }

    private static Optional<Diagnostic> lost(
            Change change, List<MigrationResult> recorded, List<Resource> resources, Providers providers) {
        if (recorded.isEmpty() || !(providers.of(change.address()) instanceof LostCommitCheck able)) {
            return Optional.empty();
        }
        return resources.stream()
                .filter(resource -> resource.address().equals(change.address()))
                .findFirst()
                .flatMap(now -> able.lost(change, recorded, now));
    }

    /** Not each is recorded, but they are applied in the plan's order: all before the last one are committed, too. */
    static List<MigrationResult> of(Run run, Change change) {
        Map<String, MigrationResult> applied = applied(run, change.address());
        List<String> planned = Migration.pending(change.migrations()).stream()
                .map(Migration::script)
                .toList();
        int last = -1;
        for (int index = 0; index < planned.size(); index++) {
            last = applied.containsKey(planned.get(index)) ? index : last;
        }
        return planned.subList(0, last + 1).stream()
                .map(script -> applied.getOrDefault(script, MigrationResult.found(script)))
                .toList();
    }

    private static Map<String, MigrationResult> applied(Run run, Address address) {
        Map<String, MigrationResult> applied = new LinkedHashMap<>();
        run.entries().stream()
                .filter(entry -> entry.address().equals(Optional.of(address)))
                .flatMap(RecordedWork::results)
                .filter(result -> result.outcome() == MigrationResult.Outcome.APPLIED)
                .forEach(result -> applied.put(result.script(), result));
        return applied;
    }

    private static Stream<MigrationResult> results(Entry entry) {
        return entry.migrations().stream();
    }
}
