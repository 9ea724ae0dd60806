package io.chartreuse.provider.postgres.leftover;

import io.chartreuse.spi.model.Repair;
import java.util.Objects;

/** A repair with the statement that does it, to be run outside of a transaction. */
public record RepairStatement(Repair repair, String sql) {
    public RepairStatement {
        Objects.requireNonNull(repair, "repair");
        Objects.requireNonNull(sql, "sql");
    }
}
