package io.chartreuse.core.diff;

/** What a plan is made for. */
public enum Intent {
    /** Databases migrate; what was stopped is started again by the plan itself. */
    MIGRATE_AND_RESTORE,
    /** Databases migrate; what was stopped is brought back by the deployment that follows. */
    MIGRATE,
    /** No database is touched; workloads that were left in maintenance are brought back. */
    RESTORE
}
