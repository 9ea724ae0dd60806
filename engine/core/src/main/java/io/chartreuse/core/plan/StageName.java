package io.chartreuse.core.plan;

import java.util.Locale;

/** The stages of a plan, in their order. */
public enum StageName {
    GATE,
    QUIESCE,
    MIGRATE,
    RESTORE;

    /** The word that plans and output use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
