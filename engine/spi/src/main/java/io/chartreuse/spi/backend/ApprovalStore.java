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

    /** The approvals of all plans of the release, oldest first. Objects that are not artifacts of ours are left out. */
    List<Artifact> list();

    /**
     * Takes the approval of that id away for good; does nothing where there is none. Called under the lock, for approvals
     * of plans that retention has let go.
     *
     * @throws ChartreuseException where it cannot be taken away
     */
    void delete(String id);
}
