package io.chartreuse.spi.model;

import java.util.Locale;

/** Which state of a change a step leads to. */
public enum Phase {
    /** Maintenance: what the resource is while databases migrate. */
    DURING,
    /** The state that the release wants when the run is over. */
    AFTER;

    /** The word that plans and schemas use: {@code during}, {@code after}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
