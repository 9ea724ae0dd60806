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
     * @throws ChartreuseException where the object is there but is not an artifact of ours, or parts of it are missing
     */
    Optional<Artifact> find(String id);

    /**
     * The release's plans, oldest first. Objects that are not sound artifacts of ours are left out. No more than a few plans
     * are in memory at a time.
     */
    List<StoredPlan> list();

    /**
     * Takes the plan of that id away for good; does nothing where there is none. Called under the lock, for plans that
     * retention has let go.
     *
     * @throws ChartreuseException where it cannot be taken away
     */
    void delete(String id);
}
