package io.chartreuse.provider.postgres.flyway;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The names, without schema, of the partitioned tables and indexes: those in the database, and those that scripts
 * create on the way. Asks the database only when a script rebuilds one.
 */
final class Partitioned {

    private final Supplier<Set<String>> inDatabase;
    private final Set<String> created = new TreeSet<>();
    private Optional<Set<String>> known = Optional.empty();

    /** @param inDatabase their names */
    Partitioned(Supplier<Set<String>> inDatabase) {
        this.inDatabase = inDatabase;
    }

    /**
     * Adds what a script creates before it, or the next script, rebuilds any. @param names see {@link
     * TransactionUse#relations()}
     */
    void add(Map<String, Optional<String>> names) {
        names.forEach((name, table) -> {
            if (table.isEmpty()) {
                created.add(name);
            }
        });
        names.forEach((name, table) -> {
            if (table.filter(this::is).isPresent()) {
                created.add(name);
            }
        });
    }

    /** Whether one of that name is partitioned. */
    boolean is(String name) {
        if (created.contains(name)) {
            return true;
        }
        if (known.isEmpty()) {
            known = Optional.of(inDatabase.get());
        }
        return known.get().contains(name);
    }
}
