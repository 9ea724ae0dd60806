package io.chartreuse.spi.backend;

import io.chartreuse.spi.model.ChartreuseException;
import java.util.List;

/** Keeps approvals of plans, beside the plans. One that was saved never changes. */
public interface ApprovalStore {

    /**
     * Saves an approval. Saving the same id with the same content again does nothing.
     *
     * @throws ChartreuseException where it cannot be written, or the id is there with other content
     */
    void save(Artifact approval);

    /**
     * The approvals of all plans of the release, oldest first. Objects that are not Chartreuse's artifacts are left
     * out.
     */
    List<Artifact> list();

    /**
     * Deletes the approval of that id; does nothing if no such approval is stored. Called under the lock, for approvals
     * of plans that retention no longer keeps.
     *
     * @throws ChartreuseException if it cannot be deleted
     */
    void delete(String id);
}
