package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.model.Resource;
import java.util.List;
import java.util.Optional;

/**
 * An optional capability of a {@link Provider}: it checks whether the commits of a process that died are still there,
 * since a standby that had not received all of them may have been promoted. Called before that process's run is
 * resumed.
 */
public interface LostCommitCheck {

    /**
     * Compares the record with what is there. Changes nothing.
     *
     * @param change   what the run is to do with the resource
     * @param recorded what the run has recorded as applied to it, in the plan's order
     * @param now      the resource, as it was just read
     * @return an error if commits are missing; empty if all are there
     */
    Optional<Diagnostic> lost(Change change, List<MigrationResult> recorded, Resource now);
}
