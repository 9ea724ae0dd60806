package io.chartreuse.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.apply.Records;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.ExportFailure;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.model.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** How runs are recorded, as the configuration says: who signs them, and where they are exported to. */
public record AuditSettings(RunSignatures signatures, RunExport export) {

    public AuditSettings {
        Objects.requireNonNull(signatures, "signatures");
        Objects.requireNonNull(export, "export");
    }

    /** Reads the configuration's {@code audit}, valid against the schema. @param directory where relative paths start */
    public static AuditSettings of(JsonNode section, Path directory, Secrets secrets) {
        return new AuditSettings(
                RunSignatures.of(section.path("signing"), directory, secrets),
                RunExport.of(section.path("sink"), directory, secrets));
    }

    /**
     * How one process writes the runs of a release.
     *
     * @param report gets the reason where one could not be exported
     */
    public Records records(Release release, Consumer<String> report) {
        Function<Artifact, List<ExportFailure>> exporting = export.exporter(report);
        return new Records() {
            @Override
            public Journal through(Journal journal) {
                return new SignedJournal(journal, signatures, this::believes, exporting);
            }

            @Override
            public boolean believes(String document) {
                return AuditSettings.this.believes(document, release);
            }
        };
    }

    /** Whether a record may be gone on with: it is signed, where runs are, and is of this release and not of another one. */
    public boolean believes(String document, Release release) {
        return signatures.hold(document)
                && RunDocument.read(document, "what is stored as a run")
                        .release()
                        .equals(release);
    }
}
