package io.chartreuse.provider.postgres.remains;

import io.chartreuse.spi.Repair;
import java.util.Objects;

/** A repair with the statement that does it, to be run outside of a transaction. */
public record Mend(Repair repair, String sql) {
    public Mend {
        Objects.requireNonNull(repair, "repair");
        Objects.requireNonNull(sql, "sql");
    }
}
