package io.chartreuse.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.run.RunLink;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.model.ChartreuseException;
import java.util.Objects;
import java.util.Optional;

/**
 * A run as it is on record.
 *
 * @param name     under which it is stored; that it is the run's own id is for who checks it
 * @param digest   of the canonical JSON of the record
 * @param document the record to its last field, known or not
 */
public record RecordedRun(String name, Run run, String digest, ObjectNode document) {

    public RecordedRun {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(document, "document");
    }

    /** @throws ChartreuseException where it is not the record of a run */
    static RecordedRun of(Artifact artifact) {
        String source = "run " + artifact.id();
        JsonNode document = RunDocument.parse(artifact.content(), source);
        return of(artifact.id(), RunDocument.read(document, source), document);
    }

    /** The same of one that was exported. @throws ChartreuseException where it is not the record of a run */
    static RecordedRun of(JsonNode exported) {
        Run run = RunDocument.read(exported, "the exported run");
        return of(run.id(), run, exported);
    }

    private static RecordedRun of(String name, Run run, JsonNode document) {
        String digest = RunDocument.digest(document, "run " + name);
        return new RecordedRun(name, run, digest, Fields.of(document).node());
    }

    /** It and its digest as one line of JSON. */
    public String line() {
        return Json.object().put("digest", digest).set("run", document).toString() + "\n";
    }

    Optional<RunLink> previous() {
        return run.evidence().previous();
    }

    /** Whether it was written before runs named one another. */
    boolean isUnchained() {
        return document.path("formatVersion").asText().equals("1.0");
    }
}
