package io.chartreuse.core.apply;

import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the migrations of one step ended, for the record. Filled by the step's threads. */
final class MigrationResults {

    /** A record has to fit where the backend keeps it. */
    private static final int KEPT = 2000;

    private final Map<String, MigrationResult> results = new LinkedHashMap<>();

    /**
     * The last result of a migration counts: one that waited for a lock was tried again. That the database has what is
     * known to be applied is nothing new.
     *
     * @return whether it is new
     */
    synchronized boolean add(MigrationResult result) {
        MigrationResult known = results.get(result.script());
        boolean isNew = known == null
                || known.outcome() != MigrationResult.Outcome.APPLIED
                || result.took().isPresent();
        if (isNew) {
            results.put(result.script(), result);
        }
        return isNew;
    }

    /**
     * In the plan's order. A step that succeeded has all migrations of its change: the database was read afresh and has
     * them, also those that a process which died had applied.
     */
    synchronized List<MigrationResult> of(Change change, StepOutcome outcome) {
        if (change.role() == Role.MIGRATE && outcome == StepOutcome.SUCCEEDED) {
            change.migrations().stream()
                    .filter(migration -> migration.kind().isPending())
                    .map(Migration::script)
                    .forEach(script -> results.putIfAbsent(script, MigrationResult.found(script)));
        }
        Map<String, MigrationResult> ordered = new LinkedHashMap<>();
        change.migrations().stream()
                .map(Migration::script)
                .filter(results::containsKey)
                .forEach(script -> ordered.put(script, results.get(script)));
        ordered.putAll(results);
        return ordered.values().stream()
                .skip(Math.max(0, ordered.size() - KEPT))
                .toList();
    }
}
