package io.chartreuse.core.run;

import java.util.Locale;

/** How a step ended. */
public enum StepOutcome {
    SUCCEEDED,
    FAILED,
    INTERRUPTED;

    /** The word that runs and output use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
