package io.chartreuse.provider.postgres.assess;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether the migrations that are about to run are those of the plan, or the last ones of them for a run that
 * continues.
 */
public final class PlanCheck {

    private final Change change;
    private final Assessment now;

    public PlanCheck(Change change, Assessment now) {
        this.change = change;
        this.now = now;
    }

    /** What has changed; empty where the plan still holds. */
    public List<Diagnostic> moved() {
        List<String> differences = differences();
        return differences.stream()
                .map(difference -> Diagnostic.error(
                                PostgresProblem.MIGRATIONS_MOVED,
                                "Database " + now.settings().name() + " is no longer as planned: " + difference + ".",
                                "Plan again, and have the new plan reviewed.")
                        .about(change.address()))
                .toList();
    }

    private List<String> differences() {
        List<String> callbacks = callbacks();
        if (!callbacks.isEmpty()) {
            return callbacks;
        }
        List<Migration> planned = Migration.pending(change.migrations());
        List<Migration> pending = now.pending();
        int done = planned.size() - pending.size();
        if (done >= 0 && same(planned.subList(done, planned.size()), pending)) {
            return now.desired().equals(change.after())
                    ? List.of()
                    : List.of("its migrations lead to " + now.desired() + " instead of " + change.after());
        }
        return byScript(planned, pending);
    }

    /** The plan's callbacks. A run that continues may have fewer left, such as those of a baseline. */
    private List<String> callbacks() {
        Set<String> planned = change.migrations().stream().map(PlanCheck::key).collect(Collectors.toSet());
        return now.standing().migrations().stream()
                .filter(entry -> entry.kind() == Migration.Kind.CALLBACK)
                .filter(callback -> !planned.contains(key(callback)))
                .map(callback -> "the callback " + callback.script() + " runs otherwise than in the plan")
                .toList();
    }

    private static boolean same(List<Migration> planned, List<Migration> pending) {
        for (int index = 0; index < pending.size(); index++) {
            if (!key(planned.get(index)).equals(key(pending.get(index)))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> byScript(List<Migration> planned, List<Migration> pending) {
        Map<String, String> digests = new TreeMap<>();
        planned.forEach(migration -> digests.put(migration.script(), migration.digest()));
        List<String> differences = new ArrayList<>();
        for (Migration migration : pending) {
            Optional<String> digest = Optional.ofNullable(digests.remove(migration.script()));
            if (digest.isEmpty()) {
                differences.add(migration.script() + " is pending, but not in the plan");
            } else if (!digest.get().equals(migration.digest())) {
                differences.add(migration.script() + " was edited");
            }
        }
        if (differences.isEmpty()) {
            digests.keySet().forEach(script -> differences.add(script + " is in the plan, but not pending"));
        }
        return differences.isEmpty() ? List.of("its migrations are in another order") : differences;
    }

    private static String key(Migration migration) {
        return migration.version().orElse("") + " " + migration.script() + " " + migration.digest();
    }
}
