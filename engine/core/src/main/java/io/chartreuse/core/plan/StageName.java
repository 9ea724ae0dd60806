package io.chartreuse.core.plan;

import java.util.Locale;

/** The stages of a plan, in their order. */
public enum StageName {
    GATE,
    QUIESCE,
    SUSPEND,
    MIGRATE,
    RESUME,
    RESTORE;

    /** Whether it brings back what an earlier stage put out of the way. */
    public boolean bringsBack() {
        return this == RESUME || this == RESTORE;
    }

    /** Whether it puts something out of the way that has to come back. */
    public boolean putsAside() {
        return this == QUIESCE || this == SUSPEND;
    }

    /** The word that plans and output use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
