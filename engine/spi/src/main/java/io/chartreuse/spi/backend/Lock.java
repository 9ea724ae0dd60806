package io.chartreuse.spi.backend;

import java.time.Duration;
import java.util.Optional;

/**
 * The one lease of a release, as a value that can be read and swapped. The engine does the rest (renewal, waiting,
 * takeover); a backend only has to make {@link #write} atomic.
 */
public interface Lock {

    /**
     * The lease, held or lapsed; empty if no process holds it.
     *
     * @throws UnreadableLease if the stored object does not say who holds it
     */
    Optional<Lease> read();

    /**
     * Writes the lease if it is still at {@link Lease#version()} (empty: if no lease exists).
     *
     * @return the lease with its new version
     * @throws VersionConflict where it is not
     */
    Lease write(Lease lease) throws VersionConflict;

    /**
     * Removes the lease if it is still at {@link Lease#version()}.
     *
     * @throws VersionConflict where it is not
     */
    void delete(Lease lease) throws VersionConflict;

    /** How long one request may take where the backend is slow; a lease lasts for three of them at least. */
    default Duration requestTimeout() {
        return Duration.ZERO;
    }
}
