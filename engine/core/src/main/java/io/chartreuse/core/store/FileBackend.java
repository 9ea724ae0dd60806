package io.chartreuse.core.store;

import io.chartreuse.spi.Artifact;
import io.chartreuse.spi.Backend;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Journal;
import io.chartreuse.spi.Lock;
import io.chartreuse.spi.PlanStore;
import io.chartreuse.spi.VersionConflict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Artifacts of a release as files: {@code <directory>/<release>/plans/*.json}, {@code …/runs/*.json}, {@code …/lease.json}.
 * For one machine, or a file system whose locks reach all machines that use it.
 */
final class FileBackend implements Backend, PlanStore {

    private final ArtifactFolder plans;
    private final ArtifactFolder runs;
    private final FileLease lease;

    FileBackend(Path directory, String release) {
        Path home = directory.resolve(release);
        SharedDirectory shared = new SharedDirectory(home);
        this.plans = new ArtifactFolder(shared, "plans");
        this.runs = new ArtifactFolder(shared, "runs");
        this.lease = new FileLease(shared);
    }

    @Override
    public PlanStore plans() {
        return this;
    }

    @Override
    public void save(Artifact plan) {
        try {
            plans.write(plan);
        } catch (VersionConflict there) {
            refuseOther(plan);
        }
    }

    private void refuseOther(Artifact plan) {
        boolean same = find(plan.id())
                .map(Artifact::content)
                .filter(plan.content()::equals)
                .isPresent();
        if (!same) {
            throw new ChartreuseException(Diagnostic.error(
                    StoreError.FOREIGN,
                    plans.file(plan.id()) + " holds another plan of the same id",
                    "Move the file away and look at who wrote it."));
        }
    }

    @Override
    public Optional<Artifact> find(String id) {
        return plans.find(id);
    }

    @Override
    public List<Artifact> list() {
        return plans.list();
    }

    @Override
    public Journal journal() {
        return runs;
    }

    @Override
    public Lock lock() {
        return lease;
    }

    @Override
    public void close() {
        // holds nothing open between calls
    }
}
