package io.chartreuse.core.audit;

import io.chartreuse.core.run.ExportFailure;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs each record that is written, exports it when its run begins and ends, and records where that failed. */
final class SignedJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(SignedJournal.class);

    /** So many failures stand on one record at most. */
    private static final int MOST = 16;

    private final Journal journal;
    private final RunSignatures signatures;
    private final Predicate<String> believes;
    private final Function<Artifact, List<ExportFailure>> export;

    /** What this process has recorded, by run; who writes a run does not know of it. */
    private final Map<String, List<ExportFailure>> recorded = new ConcurrentHashMap<>();

    /**
     * @param believes whether a run may go on from such a record
     * @param export   takes what was written and gives what failed; called from the thread of the run
     */
    SignedJournal(
            Journal journal,
            RunSignatures signatures,
            Predicate<String> believes,
            Function<Artifact, List<ExportFailure>> export) {
        this.believes = believes;
        this.journal = journal;
        this.signatures = signatures;
        this.export = export;
    }

    @Override
    public Artifact write(Artifact run) throws VersionConflict {
        Artifact written = journal.write(amended(run));
        List<ExportFailure> failures = export.apply(written);
        if (failures.isEmpty()) {
            return written;
        }
        boolean more = remember(written, failures);
        return more && RunSignatures.parsed(written.content()).has("endedAt") ? writtenAgain(run, written) : written;
    }

    /** Each failure once, so that a record does not grow each time that a process goes on with the run. */
    private boolean remember(Artifact written, List<ExportFailure> failures) {
        List<ExportFailure> there = RunDocument.exportFailures(RunSignatures.parsed(written.content()));
        List<ExportFailure> unknown = failures.stream()
                .filter(failure -> !there.contains(failure))
                .limit(Math.max(0, MOST - there.size()))
                .toList();
        List<ExportFailure> known = recorded.getOrDefault(written.id(), List.of());
        recorded.put(
                written.id(), Stream.concat(known.stream(), unknown.stream()).toList());
        return !unknown.isEmpty();
    }

    /** No write comes after the end of a run. What the run did is on record: that this cannot be added is no failure of the run. */
    private Artifact writtenAgain(Artifact run, Artifact written) {
        try {
            return journal.write(amended(new Artifact(
                    run.id(), run.release(), run.formatVersion(), run.createdAt(), run.content(), written.version())));
        } catch (VersionConflict | ChartreuseException e) {
            LOG.warn("run {} was not exported, and that could not be added to its record", run.id(), e);
            return written;
        }
    }

    private Artifact amended(Artifact run) {
        List<ExportFailure> failures = recorded.getOrDefault(run.id(), List.of());
        String content = failures.isEmpty()
                ? run.content()
                : RunDocument.with(failures, RunSignatures.parsed(run.content()))
                        .toString();
        return with(run, signatures.signed(content));
    }

    /** As a run wrote it, for comparison. */
    @Override
    public Optional<Artifact> find(String id) {
        return journal.find(id)
                .map(run -> believes.test(run.content()) ? with(run, RunSignatures.unsigned(run.content())) : run)
                .map(this::asTheRunWroteIt);
    }

    private Artifact asTheRunWroteIt(Artifact run) {
        int failures = recorded.getOrDefault(run.id(), List.of()).size();
        return failures == 0
                ? run
                : with(
                        run,
                        RunDocument.withoutLastFailures(failures, RunSignatures.parsed(run.content()))
                                .toString());
    }

    @Override
    public List<Artifact> list() {
        return journal.list();
    }

    @Override
    public void delete(String id) {
        journal.delete(id);
    }

    private static Artifact with(Artifact run, String content) {
        return new Artifact(run.id(), run.release(), run.formatVersion(), run.createdAt(), content, run.version());
    }
}
