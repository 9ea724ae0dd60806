package io.chartreuse.provider.postgres.flyway;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The procedures that end transactions: those in the database, and those that scripts create on the way. Asks the
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

    /** Adds procedures that a script creates before the next one runs. */
    void add(Map<String, String> code) {
        code.forEach((name, text) -> created.merge(name, text, (one, other) -> one + "\n;" + other));
    }

    /**
     * Whether a procedure of that name ends transactions, itself or through its calls. An unknown one counts as if it
     * did.
     */
    boolean commits(String name) {
        return commits(name, new HashSet<>());
    }

    private boolean commits(String name, Set<String> seen) {
        if (!seen.add(name)) {
            return false;
        }
        List<String> codes = Stream.of(created.get(name), known().get(name))
                .filter(Objects::nonNull)
                .toList();
        return codes.isEmpty() || codes.stream().anyMatch(code -> codeCommits(code, seen));
    }

    private boolean codeCommits(String code, Set<String> seen) {
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
