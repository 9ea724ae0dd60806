package io.chartreuse.core.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.plan.PlanDocument;
import io.chartreuse.spi.text.Sha256;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The state as JSON: writes it, reads it, and computes its digest. See {@code state.schema.json} for the shape. */
public final class StateDocument {

    /** Minor versions only add fields. */
    public static final String FORMAT_VERSION = "1.3";

    private static final Pattern RUN = Pattern.compile("[0-9A-Za-z._-]{1,100}");

    private StateDocument() {}

    /** The same state with its document written and its digest computed over it. */
    static State seal(State state) {
        ObjectNode document = Json.object();
        document.put("formatVersion", FORMAT_VERSION);
        document.set("release", PlanDocument.release(state.release()));
        state.run().ifPresent(id -> document.put("run", id));
        document.put("recordedAt", state.recordedAt().toString());
        document.put("chartreuseVersion", state.chartreuseVersion());
        document.put("configurationDigest", state.configurationDigest());
        state.review().ifPresent(review -> document.set("review", review.document()));
        ObjectNode sections = document.putObject("sections");
        state.sections().forEach((name, section) -> sections.set(name, section(section)));
        ArrayNode resources = document.putArray("resources");
        state.resources().forEach(one -> resources.add(RecordedResourceDocument.write(one)));
        document.put("digest", digest(document));
        return read(document);
    }

    private static ObjectNode section(RecordedSection section) {
        ObjectNode node = Json.object().put("digest", section.digest());
        section.run().ifPresent(run -> node.put("run", run));
        return node.put("recordedAt", section.recordedAt().toString());
    }

    /** The digest that a document must have: that of its canonical JSON without the digest itself. */
    static String digest(ObjectNode document) {
        return Sha256.of(CanonicalJson.write(document.deepCopy().without("digest")));
    }

    /**
     * Reads a document whose format and digest were checked.
     *
     * @throws Fields.Malformed where a field is missing or of the wrong shape
     */
    static State read(JsonNode document) {
        Fields fields = Fields.of(document);
        return new State(
                fields.text("digest"),
                fields.text("formatVersion"),
                PlanDocument.release(fields.object("release")),
                run(fields),
                fields.time("recordedAt"),
                fields.text("chartreuseVersion"),
                fields.text("configurationDigest"),
                fields.optionalObject("review").map(ReviewTerms::read),
                sections(fields.object("sections")),
                fields.list("resources", RecordedResourceDocument::read),
                fields.node());
    }

    /** Chartreuse's messages contain the id, so it must not be able to look like part of a message. */
    private static Optional<String> run(Fields fields) {
        return fields.optionalText("run").map(id -> fields.parsed("run", StateDocument::runId));
    }

    private static String runId(String id) {
        if (!RUN.matcher(id).matches()) {
            throw new IllegalArgumentException("not the id of a run: " + SafeText.of(id));
        }
        return id;
    }

    private static SortedMap<String, RecordedSection> sections(Fields fields) {
        SortedMap<String, RecordedSection> sections = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : fields.node().properties()) {
            Fields section = fields.object(entry.getKey());
            sections.put(
                    entry.getKey(),
                    new RecordedSection(section.text("digest"), run(section), section.time("recordedAt")));
        }
        return sections;
    }
}
