package io.chartreuse.spi.backend;

import io.chartreuse.spi.model.ChartreuseException;
import java.util.List;
import java.util.Optional;

/** Keeps plans. A plan that was saved never changes. */
public interface PlanStore {

    /**
     * Saves a plan. Saving the same id with the same content again does nothing.
     *
     * @throws ChartreuseException where it cannot be written, or the id is there with other content
     */
    void save(Artifact plan);

    /**
     * The plan of that id.
     *
     * @throws ChartreuseException where the object is there but is not Chartreuse's artifact, or parts of it are
     *         missing
     */
    Optional<Artifact> find(String id);

    /**
     * The release's plans, oldest first. Objects that are not Chartreuse's artifacts, or are damaged, are left out.
     * Only a few plans are in memory at a time.
     */
    List<StoredPlan> list();

    /**
     * Deletes the plan of that id; does nothing if no such plan is stored. Called under the lock, for plans that
     * retention no longer keeps.
     *
     * @throws ChartreuseException if it cannot be deleted
     */
    void delete(String id);
}
