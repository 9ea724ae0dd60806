package io.chartreuse.provider.postgres.migrate;

import io.chartreuse.spi.Migration;
import java.util.Optional;

/** The SQL that a plan holds of one database's migrations: as much as there is room for, first come, first served. */
public final class PlannedSql {

    /** A plan is read by people and kept in the cluster, where its size is bounded. */
    private static final int LONGEST = 16 * 1024;

    private static final int ALL = 128 * 1024;

    private int room = ALL;

    /** What the plan holds of the next migration's SQL; empty where there is no room left for it. */
    public Optional<String> of(String sql) {
        String shown = Migration.shortened(sql, LONGEST);
        if (shown.length() > room) {
            return Optional.empty();
        }
        room -= shown.length();
        return Optional.of(shown);
    }
}
