package io.chartreuse.core.plan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;

/** Reads a plan that comes from outside and believes nothing: form, format and digest are checked first. */
public final class PlanReader {

    private static final String PLAN_AGAIN = "Make a new plan with `chartreuse plan --out FILE`.";

    private final String source;

    private PlanReader(String source) {
        this.source = source;
    }

    /**
     * Reads a plan.
     *
     * @param text   the document
     * @param source where it comes from, for messages: a file's name or an artifact's
     * @throws ChartreuseException where it is malformed, of another major format, or was edited
     */
    public static Plan read(String text, String source) {
        PlanReader reader = new PlanReader(source);
        ObjectNode document = reader.parse(text);
        reader.checkFormat(document);
        reader.checkKind(document);
        reader.checkDigest(document);
        Plan plan = reader.plan(document);
        StepRules.broken(plan).ifPresent(problem -> {
            throw reader.malformed(source + " is not a plan that can be executed: " + problem, Location.of(source));
        });
        return plan;
    }

    private ObjectNode parse(String text) {
        try {
            JsonNode document = Json.read(text);
            if (document.isObject() && document.has("formatVersion")) {
                return (ObjectNode) document;
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            Location place =
                    new Location(source, at == null ? 0 : at.getLineNr(), at == null ? 0 : at.getColumnNr(), "");
            throw malformed(source + " is not a whole plan: it is not valid JSON (is it truncated?)", place);
        }
        throw malformed(source + " is not a plan: it is JSON without a formatVersion", Location.of(source));
    }

    private ChartreuseException malformed(String summary, Location place) {
        return new ChartreuseException(
                Diagnostic.error(PlanError.MALFORMED, summary, PLAN_AGAIN).at(place));
    }

    /** States, runs and approvals have a format, too. */
    private void checkKind(ObjectNode document) {
        if (!document.has("changes")) {
            throw malformed(source + " is not a plan: it is JSON without changes", Location.of(source));
        }
    }

    private void checkFormat(ObjectNode document) {
        String version = document.path("formatVersion").asText();
        if (!version.matches("1\\.[0-9]+")) {
            throw new ChartreuseException(Diagnostic.error(
                            PlanError.UNKNOWN_FORMAT,
                            source + " has plan format " + SafeText.plain(version)
                                    + "; this version of Chartreuse reads 1.x",
                            "Apply it with the version that made it (chartreuseVersion "
                                    + SafeText.plain(
                                            document.path("chartreuseVersion").asText("unknown"))
                                    + "), or plan again with this one.")
                    .at(Location.of(source)));
        }
    }

    private void checkDigest(ObjectNode document) {
        String claimed = document.path("id").asText("(none)");
        String actual = digest(document);
        if (!claimed.equals(actual)) {
            throw new ChartreuseException(Diagnostic.error(
                            PlanError.EDITED,
                            source + " was changed after it was made: its id is " + SafeText.plain(claimed)
                                    + ", its content gives " + actual,
                            "A plan is applied as it was reviewed or not at all. " + PLAN_AGAIN)
                    .at(Location.of(source)));
        }
    }

    private String digest(ObjectNode document) {
        try {
            return PlanDocument.digest(document);
        } catch (IllegalArgumentException e) {
            throw malformed(source + " is not a plan: it holds " + e.getMessage(), Location.of(source));
        }
    }

    private Plan plan(ObjectNode document) {
        try {
            PlanDocument.identity(document);
            PlanDocument.settings(document);
            return PlanDocument.read(document);
        } catch (Fields.Malformed e) {
            throw malformed(source + " is not a plan: " + e.getMessage(), new Location(source, 0, 0, e.path()));
        } catch (IllegalArgumentException e) {
            throw malformed(source + " is not a plan: " + e.getMessage(), Location.of(source));
        }
    }
}
