package io.chartreuse.provider.postgres.flyway;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lazy queries about names in scripts, which run only where a script has such names.
 *
 * @param procedures  the code of the database's procedures, by name
 * @param partitioned the names of its partitioned tables and indexes
 */
record Lookups(Supplier<Map<String, String>> procedures, Supplier<Set<String>> partitioned) {

    /** Without a database. */
    static final Lookups NONE = new Lookups(Map::of, Set::of);

    Lookups {
        Objects.requireNonNull(procedures, "procedures");
        Objects.requireNonNull(partitioned, "partitioned");
    }
}
