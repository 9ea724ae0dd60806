package io.chartreuse.core.store;

import io.chartreuse.spi.backend.ApprovalStore;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.ArtifactInspection;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.PlanStore;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.backend.StoredPlan;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Preflight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Artifacts of a release as files: {@code <directory>/<release>/plans/*.json}, {@code …/approvals/*.json}, {@code
 * …/runs/*.json}, {@code …/state/current.json}, {@code …/lease.json}.
 * For one machine, or a file system whose locks reach all machines that use it.
 */
final class FileBackend implements Backend, PlanStore, Preflight, ArtifactInspection {

    private final Path home;
    private final SharedDirectory shared;
    private final ArtifactFolder plans;
    private final ArtifactFolder approvals;
    private final ArtifactFolder runs;
    private final ArtifactFolder states;
    private final FileLease lease;

    FileBackend(Path directory, String release) {
        this.home = directory.resolve(release);
        this.shared = new SharedDirectory(home);
        this.plans = new ArtifactFolder(shared, "plans");
        this.approvals = new ArtifactFolder(shared, "approvals");
        this.runs = new ArtifactFolder(shared, "runs");
        this.states = new ArtifactFolder(shared, "state");
        this.lease = new FileLease(shared);
    }

    @Override
    public List<Diagnostic> unsound() {
        return Stream.of(plans, approvals, runs, states)
                .flatMap(folder -> folder.unsound().stream())
                .toList();
    }

    @Override
    public PlanStore plans() {
        return this;
    }

    @Override
    public void save(Artifact plan) {
        save(plan, plans);
    }

    private static void save(Artifact artifact, ArtifactFolder folder) {
        try {
            folder.write(artifact);
        } catch (VersionConflict there) {
            refuseOther(artifact, folder);
        }
    }

    private static void refuseOther(Artifact artifact, ArtifactFolder folder) {
        boolean same = folder.find(artifact.id())
                .map(Artifact::content)
                .filter(artifact.content()::equals)
                .isPresent();
        if (!same) {
            throw new ChartreuseException(Diagnostic.error(
                    StoreError.FOREIGN,
                    folder.file(artifact.id()) + " holds something else under the same id",
                    "Move the file away and look at who wrote it."));
        }
    }

    @Override
    public ApprovalStore approvals() {
        return new ApprovalStore() {
            @Override
            public void save(Artifact approval) {
                FileBackend.save(approval, approvals);
            }

            @Override
            public List<Artifact> list() {
                return approvals.list();
            }

            @Override
            public void delete(String id) {
                approvals.delete(id);
            }
        };
    }

    @Override
    public Optional<Artifact> find(String id) {
        return plans.find(id);
    }

    @Override
    public List<StoredPlan> list() {
        return plans.plans();
    }

    @Override
    public void delete(String id) {
        plans.delete(id);
    }

    @Override
    public Journal journal() {
        return runs;
    }

    @Override
    public StateStore state() {
        return new StateStore() {
            @Override
            public Optional<Artifact> read() {
                return states.find(CURRENT);
            }

            @Override
            public Artifact write(Artifact state) throws VersionConflict {
                return states.write(state);
            }
        };
    }

    @Override
    public Lock lock() {
        return lease;
    }

    /** The folder is needed whatever the changes are. */
    @Override
    public List<Check> check(List<Change> changes) {
        return examine();
    }

    @Override
    public List<Check> examine() {
        return List.of(writable());
    }

    /** Nothing is written to find out: the nearest folder that exists decides. */
    private Check writable() {
        Optional<Diagnostic> link = Stream.of("plans", "approvals", "runs", "state", "lease.json", ".lock")
                .flatMap(name -> shared.linkOnTheWayTo(shared.resolve(name)).stream())
                .findFirst();
        if (link.isPresent()) {
            return Check.bad("records", "cannot be written in " + home, link.get());
        }
        Path folder = home.toAbsolutePath();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        if (Files.isDirectory(folder) && Files.isWritable(folder)) {
            return Check.good("records", "can be written in " + home);
        }
        return Check.bad(
                "records",
                "cannot be written in " + home,
                Diagnostic.error(
                        StoreError.UNWRITABLE,
                        folder + " is not a folder that this user may write in",
                        "Give this user the right to write there, or name another backend.directory."));
    }

    @Override
    public void close() {
        // holds nothing open between calls
    }
}
