package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Snapshot;
import java.util.List;

/**
 * A rare power of a {@link Provider}: it can say in detail how its resources stand, so that what moves between two runs
 * is told by name.
 */
@FunctionalInterface
public interface SnapshotSource {

    /**
     * How each resource stands now. Changes nothing, and takes no lock that others would wait for. Called after the last
     * step of a run, and whenever somebody asks what has moved, also while {@link Provider#refresh()} is under way in
     * another thread.
     *
     * @throws ChartreuseException where the world cannot be read
     */
    List<Snapshot> snapshot();
}
