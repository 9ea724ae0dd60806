package io.chartreuse.core.apply;

import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.spi.Artifact;
import io.chartreuse.spi.Journal;
import io.chartreuse.spi.VersionConflict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The release's earlier runs, as the applier needs to know them. Used under the lock only. */
final class RunRecords {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'").withZone(ZoneOffset.UTC);

    private final Journal journal;

    RunRecords(Journal journal) {
        this.journal = journal;
    }

    /** A new id: sorted by time, fit for the name of a Kubernetes object. */
    static String newId(Instant now) {
        return STAMP.format(now) + "-" + UUID.randomUUID().toString().substring(0, 6);
    }

    /** The newest run of a plan. */
    Optional<StoredRun> latestOf(String planId) {
        return all().stream()
                .filter(stored -> stored.run().planId().equals(planId))
                .reduce((older, newer) -> newer);
    }

    /** Closes what processes that died have left open: we hold the lock, so nobody works on it. */
    void supersedeOthers(String planId, Release release, Instant now) {
        all().stream()
                .filter(stored -> !stored.run().planId().equals(planId))
                .filter(stored -> stored.run().outcome() == Outcome.RUNNING)
                .forEach(stored -> supersede(stored, release, now));
    }

    private void supersede(StoredRun stored, Release release, Instant now) {
        Run run = stored.run().ended(now, Outcome.SUPERSEDED, Optional.empty());
        try {
            journal.write(new Artifact(
                    run.id(),
                    release.name(),
                    RunDocument.FORMAT_VERSION,
                    run.startedAt(),
                    RunDocument.write(run).toString(),
                    stored.version()));
        } catch (VersionConflict stillWritten) {
            throw new IllegalStateException("run " + run.id() + " is written by a process that has lost its lock");
        }
    }

    private List<StoredRun> all() {
        return journal.list().stream()
                .map(artifact ->
                        new StoredRun(RunDocument.read(artifact.content(), "run " + artifact.id()), artifact.version()))
                .toList();
    }
}
