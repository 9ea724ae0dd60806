package io.chartreuse.core.run;

import java.util.Locale;

/** What became of the stopped workloads of a run that did not succeed. */
public enum Recovery {
    /** Nothing had been stopped. */
    NONE,
    /** They were brought back. */
    RESTORED,
    /** They are left in maintenance on purpose. */
    HELD,
    /** Bringing them back failed, at least for some. */
    FAILED;

    /** The word that runs and output use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
