package io.chartreuse.spi.backend;

/** Thrown where a write names a version that is no longer the newest. Nothing was written. */
public final class VersionConflict extends Exception {

    public VersionConflict(String what) {
        super(what + " was changed by another process");
    }
}
