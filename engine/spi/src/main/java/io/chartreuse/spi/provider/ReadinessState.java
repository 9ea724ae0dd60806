package io.chartreuse.spi.provider;

import java.util.Locale;

/** How far a resource that a run stopped is back at work. */
public enum ReadinessState {
    /** It runs although the run holds it stopped: another process or a person has put it back. */
    PUT_BACK,
    /**
     * It is still stopped, since another process keeps it so: the step that was to bring it back has done its part. For
     * a resource that was put back: it is stopped again.
     */
    STOPPED,
    /** A first part of it works again: one of a workload's pods. */
    PARTLY_READY,
    /** All of it works again. */
    READY;

    /** The word that runs use: {@code partly-ready}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
