package io.chartreuse.provider.postgres.leftover;

import java.util.Objects;

/**
 * A partition that a failed {@code DETACH PARTITION CONCURRENTLY} has committed to detach.
 *
 * @param table     it belongs to, as statements write it
 * @param partition as statements write it
 * @param pending   whether {@code DETACH PARTITION … FINALIZE} is still to be run
 */
public record DetachedPartition(String table, String partition, boolean pending) {

    public DetachedPartition {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(partition, "partition");
    }

    /** The statement that completes the detaching. */
    public String sql() {
        return "ALTER TABLE " + table + " DETACH PARTITION " + partition + " FINALIZE";
    }
}
