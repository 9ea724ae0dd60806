package io.chartreuse.spi.provider;

import java.util.Locale;

/** How far a resource that a run stopped is back at work. */
public enum ReadinessState {
    /** It runs although the run holds it stopped: others have put it back. */
    PUT_BACK,
    /**
     * It still stands still, for another keeps it so: the step that was to bring it back has done its part. Of what was put
     * back: it stands still again.
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
