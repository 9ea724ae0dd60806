package io.chartreuse.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.plan.PlanDocument;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.ReadinessState;
import io.chartreuse.spi.text.Sha256;
import java.util.ArrayList;
import java.util.List;

/** The run as JSON. See {@code run.schema.json} for the shape. */
public final class RunDocument {

    /** Minor versions only add fields. */
    public static final String FORMAT_VERSION = "1.7";

    /** The member that the digest leaves out: it is made of the digest. */
    public static final String SIGNATURE = "signature";

    /** An export fails for so many receivers at most: a file and a webhook. */
    private static final int RECEIVERS = 2;

    private RunDocument() {}

    /** The document of a run. */
    public static ObjectNode write(Run run) {
        ObjectNode document = Json.object();
        document.put("formatVersion", FORMAT_VERSION);
        document.put("id", run.id());
        document.put("planId", run.planId());
        document.set("release", PlanDocument.release(run.release()));
        document.put("chartreuseVersion", run.chartreuseVersion());
        document.set("actor", RunParts.actor(run.actor()));
        document.put("startedAt", run.startedAt().toString());
        run.endedAt().ifPresent(at -> document.put("endedAt", at.toString()));
        document.put("outcome", run.outcome().word());
        run.recovery().ifPresent(recovery -> document.put("recovery", recovery.word()));
        RunParts.write(run.evidence(), document);
        ArrayNode entries = document.putArray("entries");
        run.entries().forEach(entry -> entries.add(entry(entry)));
        return document;
    }

    private static ObjectNode entry(Entry entry) {
        ObjectNode node = Json.object();
        node.put("sequence", entry.sequence());
        node.put("at", entry.at().toString());
        node.put("event", entry.event().word());
        entry.step().ifPresent(step -> node.put("step", step));
        entry.address().ifPresent(address -> node.put("address", address.toString()));
        entry.outcome().ifPresent(outcome -> node.put("outcome", outcome.word()));
        if (!entry.message().isEmpty()) {
            node.put("message", entry.message());
        }
        if (!entry.log().isEmpty()) {
            entry.log().forEach(node.withArray("log")::add);
        }
        if (!entry.migrations().isEmpty()) {
            entry.migrations().forEach(result -> node.withArray("migrations").add(RunParts.migration(result)));
        }
        entry.standing().ifPresent(standing -> node.put("standing", standing.word()));
        return node;
    }

    /**
     * What a run that comes after this one names it by: the digest of the canonical form of the record, to its last
     * field, known or not, without its signature.
     *
     * @param text   the record as it is stored
     * @param source where it comes from, for messages
     * @throws ChartreuseException where it is not JSON
     */
    public static String digest(String text, String source) {
        return digest(parse(text, source), source);
    }

    /** The same of a record that was read. @throws ChartreuseException where it holds what JSON cannot say */
    public static String digest(JsonNode document, String source) {
        try {
            return digest(document);
        } catch (IllegalArgumentException e) {
            throw malformed(source + " is not valid JSON");
        }
    }

    /** The same. @throws IllegalArgumentException where it holds what JSON cannot say */
    public static String digest(JsonNode document) {
        return Sha256.of(CanonicalJson.write(document instanceof ObjectNode object ? unsigned(object) : document));
    }

    /** The members that the digest is of. */
    static ObjectNode unsigned(ObjectNode document) {
        ObjectNode unsigned = Json.object();
        document.properties().stream()
                .filter(member -> !member.getKey().equals(SIGNATURE))
                .forEach(member -> unsigned.set(member.getKey(), member.getValue()));
        return unsigned;
    }

    /**
     * The record with one more removal at its end, and nothing else changed.
     *
     * @param document to its last field, known or not
     */
    public static ObjectNode with(Removal removal, ObjectNode document) {
        ObjectNode amended = document.deepCopy();
        amended.withArray(RunParts.REMOVALS).add(RunParts.removal(removal));
        return amended;
    }

    /** The record with these failures after its own, and nothing else changed. */
    public static ObjectNode with(List<ExportFailure> failures, ObjectNode document) {
        ObjectNode amended = document.deepCopy();
        failures.forEach(failure -> amended.withArray(RunParts.EXPORT_FAILURES).add(RunParts.exportFailure(failure)));
        return amended;
    }

    /** The failures of its export that this record names. */
    public static List<ExportFailure> exportFailures(ObjectNode document) {
        return RunParts.exportFailures(Fields.of(document));
    }

    /** The record without the last of the failures that it names. */
    public static ObjectNode withoutLastFailures(int count, ObjectNode document) {
        ObjectNode earlier = document.deepCopy();
        int left = count;
        while (left > 0 && removeLast(earlier, RunParts.EXPORT_FAILURES)) {
            left--;
        }
        return earlier;
    }

    /**
     * The digests that this record has had since its run ended: as it is, and as it was before each removal and each failure of the
     * last export that were written on it.
     */
    public static List<String> digests(ObjectNode document) {
        List<String> digests = new ArrayList<>();
        ObjectNode earlier = document.deepCopy();
        int failures = 0;
        do {
            digests.addAll(new RemovalDigests(earlier).newestFirst());
            failures++;
        } while (failures <= RECEIVERS && removeLast(earlier, RunParts.EXPORT_FAILURES));
        return digests;
    }

    private static boolean removeLast(ObjectNode document, String list) {
        if (!(document.get(list) instanceof ArrayNode array) || array.isEmpty()) {
            return false;
        }
        array.remove(array.size() - 1);
        if (array.isEmpty()) {
            document.remove(list);
        }
        return true;
    }

    /**
     * Reads a run.
     *
     * @param source where it comes from, for messages
     * @throws ChartreuseException where it is malformed or of another major format
     */
    public static Run read(String text, String source) {
        return read(parse(text, source), source);
    }

    /** The same of a record that was parsed. */
    public static Run read(JsonNode document, String source) {
        try {
            return read(Fields.of(document), source);
        } catch (IllegalArgumentException e) {
            throw malformed(source + " is not the record of a run: " + e.getMessage());
        }
    }

    /**
     * The record as JSON.
     *
     * @throws ChartreuseException where it is not JSON
     */
    public static JsonNode parse(String text, String source) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw malformed(source + " is not valid JSON");
        }
    }

    private static Run read(Fields fields, String source) {
        String version = fields.text("formatVersion");
        if (!version.matches("1\\.[0-9]+")) {
            throw malformed(
                    source + " has run format " + SafeText.plain(version) + "; this version of Chartreuse reads 1.x");
        }
        return new Run(
                fields.text("id"),
                fields.text("planId"),
                PlanDocument.release(fields.object("release")),
                fields.text("chartreuseVersion"),
                RunParts.actor(fields.object("actor")),
                fields.time("startedAt"),
                fields.optionalTime("endedAt"),
                fields.word("outcome", Outcome.class),
                fields.optionalText("recovery").map(any -> fields.word("recovery", Recovery.class)),
                fields.list("entries", RunDocument::entry),
                RunParts.evidence(fields));
    }

    private static Entry entry(Fields fields) {
        return new Entry(
                fields.wholeNumber("sequence", 0),
                fields.time("at"),
                fields.word("event", Event.class),
                fields.optionalText("step"),
                fields.optionalText("address").map(any -> fields.parsed("address", Address::parse)),
                fields.optionalText("outcome").map(any -> fields.word("outcome", StepOutcome.class)),
                fields.optionalText("message").orElse(""),
                fields.texts("log"),
                fields.list("migrations", RunParts::migration),
                fields.optionalText("standing").map(any -> fields.word("standing", ReadinessState.class)));
    }

    private static ChartreuseException malformed(String summary) {
        return new ChartreuseException(Diagnostic.error(
                RunError.MALFORMED, summary, "Look at who wrote it; it can be deleted without harm to databases."));
    }
}
