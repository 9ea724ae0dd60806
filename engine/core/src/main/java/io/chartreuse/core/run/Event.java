package io.chartreuse.core.run;

import java.util.Locale;

/** What an entry of a run records. */
public enum Event {
    RUN_BEGUN,
    RUN_RESUMED,
    /**
     * How a resource stood, before the first step or after the last, or what became of a suspended one meanwhile; the
     * message says it.
     */
    WITNESSED,
    STEP_BEGUN,
    STEP_ENDED,
    /** The step was never begun, because the run came to its end before it; the message says why. */
    STEP_SKIPPED,
    RECOVERY_BEGUN,
    RECOVERY_ENDED,
    RUN_ENDED;

    /** The words that runs and output use: {@code step-begun}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
