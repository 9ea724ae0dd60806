package io.chartreuse.spi.backend;

import io.chartreuse.spi.model.Diagnostic;
import java.util.List;

/**
 * A rare power of a {@link Backend}: it tells what it leaves out of its lists because it is not what was stored, so that
 * an audit names what a run would pass over.
 */
@FunctionalInterface
public interface ArtifactInspection {

    /** What is wrong with which stored object; empty where all is sound. Changes nothing. */
    List<Diagnostic> unsound();
}
