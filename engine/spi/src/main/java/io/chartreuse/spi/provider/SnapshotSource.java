package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Snapshot;
import java.util.List;

/**
 * An optional capability of a {@link Provider}: it reads the state of its resources in detail, so that drift between
 * two runs is reported by name.
 */
@FunctionalInterface
public interface SnapshotSource {

    /**
     * The current state of each resource. Changes nothing, and takes no lock that others would wait for. Called after
     * the last step of a run, and whenever the user asks for drift, also while {@link Provider#refresh()} is under way
     * in another thread.
     *
     * @throws ChartreuseException if the resources cannot be read
     */
    List<Snapshot> snapshot();
}
