package io.chartreuse.core.run;

import java.util.Locale;

/** How a run ended, or that it has not. */
public enum Outcome {
    /** It goes on, or its process died; the lock tells which. */
    RUNNING,
    /** Everything in the plan was done. */
    SUCCEEDED,
    /** A step failed. The plan is spent. */
    FAILED,
    /** It was asked to stop and ended in order. The same plan can be resumed. */
    INTERRUPTED,
    /** It was left behind by a process that died, and a newer plan took its place. */
    SUPERSEDED;

    /** Whether applying the same plan again goes on with this run. */
    public boolean isUnfinished() {
        return this == RUNNING || this == INTERRUPTED;
    }

    /** The word that runs and output use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
