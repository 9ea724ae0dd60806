package io.chartreuse.provider.postgres.flyway;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Which procedures end transactions: those that the database has, and those that scripts create on the way. Asks the
 * database only when a script calls one.
 */
final class Procedures {

    private final Supplier<Map<String, String>> inDatabase;
    private final Map<String, String> created = new TreeMap<>();
    private Optional<Map<String, String>> known = Optional.empty();

    /** @param inDatabase the code of procedures by name, without their schemas */
    Procedures(Supplier<Map<String, String>> inDatabase) {
        this.inDatabase = inDatabase;
    }

    /** A script creates these before the next one runs. */
    void add(Map<String, String> code) {
        created.putAll(code);
    }

    /** Whether one of that name ends transactions, itself or by what it calls. */
    boolean commits(String name) {
        return commits(name, new HashSet<>());
    }

    private boolean commits(String name, Set<String> seen) {
        if (!seen.add(name)) {
            return false;
        }
        String code = created.containsKey(name) ? created.get(name) : known().get(name);
        if (code == null) {
            return false;
        }
        TransactionUse.Call call = TransactionUse.code(code);
        return call.ends() || call.names().stream().anyMatch(called -> commits(called, seen));
    }

    private Map<String, String> known() {
        if (known.isEmpty()) {
            known = Optional.of(inDatabase.get());
        }
        return known.get();
    }
}
