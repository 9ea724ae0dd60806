package io.chartreuse.provider.postgres.leftover;

import java.util.Objects;

/**
 * An index that the server keeps up to date at every write and uses for no query: what is left of a {@code CREATE INDEX
 * CONCURRENTLY} or {@code REINDEX CONCURRENTLY} that did not finish.
 *
 * @param oid    identifies it, whatever its name is
 * @param schema where it is
 * @param table  that it is on; in the same schema
 */
public record InvalidIndex(long oid, String schema, String name, String table) {

    public InvalidIndex {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(table, "table");
    }

    /** {@code public.orders_customer}, for people. */
    public String qualifiedName() {
        return schema + "." + name;
    }
}
