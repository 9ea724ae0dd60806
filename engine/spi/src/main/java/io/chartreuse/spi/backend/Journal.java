package io.chartreuse.spi.backend;

import io.chartreuse.spi.model.ChartreuseException;
import java.util.List;
import java.util.Optional;

/** Keeps runs, one record each, rewritten as the run goes on. */
public interface Journal {

    /**
     * Creates (where {@link Artifact#version()} is empty) or replaces the record, durably, before it returns. Called
     * before and after each step.
     *
     * @return the record with its new version
     * @throws VersionConflict where the record is no longer at that version: another process writes it
     * @throws ChartreuseException where it cannot be written
     */
    Artifact write(Artifact run) throws VersionConflict;

    /** The run of that id. */
    Optional<Artifact> find(String id);

    /** The release's runs, oldest first. Objects that are not Chartreuse's artifacts are left out. */
    List<Artifact> list();

    /**
     * Deletes the record of that run; does nothing if no such record is stored. Called under the lock, for runs that
     * retention no longer keeps.
     *
     * @throws ChartreuseException if it cannot be deleted
     */
    void delete(String id);
}
