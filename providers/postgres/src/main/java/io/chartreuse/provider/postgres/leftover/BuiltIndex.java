package io.chartreuse.provider.postgres.leftover;

import java.util.Objects;
import java.util.Optional;

/**
 * An index of the name that a migration wanted to build, as the database has it.
 *
 * @param schema     where it is
 * @param table      that it is on; in the same schema
 * @param valid      whether queries may use it
 * @param definition as the server writes it
 */
public record BuiltIndex(String schema, String name, String table, boolean valid, String definition) {

    public BuiltIndex {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(definition, "definition");
    }

    /** {@code public.orders_customer}, for people. */
    public String qualifiedName() {
        return schema + "." + name;
    }

    /** Whether it is valid and is what that statement builds, as far as the two texts show. */
    public boolean fulfils(String statement) {
        Optional<IndexDefinition> wanted = IndexDefinition.of(statement);
        return valid && wanted.isPresent() && wanted.equals(IndexDefinition.of(definition));
    }
}
