package io.chartreuse.provider.postgres.flyway;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a database is asked about names in scripts, once they hold such names.
 *
 * @param procedures  the code of its procedures, by name
 * @param partitioned the names of its partitioned tables and indexes
 */
record Lookups(Supplier<Map<String, String>> procedures, Supplier<Set<String>> partitioned) {

    /** There is no database to ask. */
    static final Lookups NONE = new Lookups(Map::of, Set::of);

    Lookups {
        Objects.requireNonNull(procedures, "procedures");
        Objects.requireNonNull(partitioned, "partitioned");
    }
}
