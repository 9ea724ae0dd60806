package io.chartreuse.spi.backend;

import io.chartreuse.spi.model.Diagnostic;
import java.util.List;

/**
 * An optional capability of a {@link Backend}: it reports the stored objects that its lists leave out because they are
 * damaged or were changed, so that an audit names what a run would pass over.
 */
@FunctionalInterface
public interface ArtifactInspection {

    /** One problem for each stored object that is damaged or was changed; empty if all are sound. Changes nothing. */
    List<Diagnostic> unsound();
}
