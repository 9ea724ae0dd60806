package io.chartreuse.provider.postgres.migrate;

import java.util.Optional;

/**
 * The SQL that a plan holds of one database's migrations: the first ones, as long as there is room. Of the others it
 * has the digest.
 */
public final class PlannedSql {

    /**
     * The most characters of one migration. A plan is stored in the cluster, and several copies of it are in memory.
     */
    public static final int LONGEST = 2 * 1024 * 1024;

    private static final int ALL = 4 * 1024 * 1024;

    private int room = ALL;

    /** What the plan holds of the next migration's SQL; empty where there is no room for it. */
    public Optional<String> of(String sql) {
        if (sql.length() > Math.min(LONGEST, room)) {
            return Optional.empty();
        }
        room -= sql.length();
        return Optional.of(sql);
    }
}
