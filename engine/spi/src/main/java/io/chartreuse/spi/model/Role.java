package io.chartreuse.spi.model;

import java.util.Locale;

/** How a resource takes part in a plan. */
public enum Role {
    /** It must converge before anything else is changed: a cluster that has to be ready. */
    GATE,
    /** It goes through maintenance while databases migrate: a workload. */
    QUIESCE,
    /**
     * It is suspended while databases migrate, and resumed as soon as that is over, however it ended and whatever the
     * strategy: a cluster's automatic failover.
     */
    SUSPEND,
    /** It is migrated: a database. */
    MIGRATE;

    /** The word that plans, schemas and output use: {@code gate}, {@code quiesce}, {@code suspend}, {@code migrate}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
