package io.chartreuse.core.configuration;

import java.util.Locale;

/** What becomes of stopped workloads when a database has moved and the run failed. */
public enum OnFailure {
    /** They stay in maintenance until a person decides. */
    HOLD,
    /** They are brought back. */
    RESTORE;

    /** The word that configuration, plans and output use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
