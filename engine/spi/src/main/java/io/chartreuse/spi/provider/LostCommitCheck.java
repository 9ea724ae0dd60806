package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Resource;
import java.util.List;
import java.util.Optional;

/**
 * Knows whether what a process that died had committed is still there: a standby that had not received all of it may have
 * been promoted since. A rare power of a {@link Provider}; asked before its run is resumed.
 */
public interface LostCommitCheck {

    /**
     * Compares the record with what is there. Changes nothing.
     *
     * @param change   what the run is to do with the resource
     * @param recorded what the run has recorded as applied to it, in the plan's order
     * @param now      the resource, as it was just read
     * @return that something is missing; empty where all is there
     */
    Optional<Diagnostic> lost(Change change, List<MigrationResult> recorded, Resource now);
}
