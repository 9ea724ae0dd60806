package io.chartreuse.core.audit;

import io.chartreuse.spi.Artifact;
import io.chartreuse.spi.Journal;
import io.chartreuse.spi.VersionConflict;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Signs each record that is written, and hands it on when its run begins and ends. */
final class SignedJournal implements Journal {

    private final Journal journal;
    private final RunSignatures signatures;
    private final Predicate<String> believes;
    private final Consumer<Artifact> export;

    /**
     * @param believes whether a run may go on from such a record
     * @param export   takes what was written; called from the thread of the run
     */
    SignedJournal(Journal journal, RunSignatures signatures, Predicate<String> believes, Consumer<Artifact> export) {
        this.believes = believes;
        this.journal = journal;
        this.signatures = signatures;
        this.export = export;
    }

    @Override
    public Artifact write(Artifact run) throws VersionConflict {
        Artifact written = journal.write(with(run, signatures.signed(run.content())));
        export.accept(written);
        return written;
    }

    /** As a run wrote it, for comparison. */
    @Override
    public Optional<Artifact> find(String id) {
        return journal.find(id)
                .map(run -> believes.test(run.content()) ? with(run, RunSignatures.unsigned(run.content())) : run);
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
