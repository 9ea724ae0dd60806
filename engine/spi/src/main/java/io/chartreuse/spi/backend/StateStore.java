package io.chartreuse.spi.backend;

import io.chartreuse.spi.model.ChartreuseException;
import java.util.Optional;

/**
 * Keeps the state of a release after its last run: one artifact, whose id is {@link #CURRENT}; each write replaces it.
 */
public interface StateStore {

    /** The id of the only artifact. */
    String CURRENT = "current";

    /**
     * The state that was written last; empty if none was ever written.
     *
     * @throws ChartreuseException where the object is there but is not Chartreuse's artifact, or parts of it are
     *         missing
     */
    Optional<Artifact> read();

    /**
     * Creates (where {@link Artifact#version()} is empty) or replaces it, durably, before it returns. Called once a run,
     * under the lock.
     *
     * @return the artifact with its new version
     * @throws VersionConflict where it is no longer at that version: another process wrote it
     * @throws ChartreuseException where it cannot be written
     */
    Artifact write(Artifact state) throws VersionConflict;
}
