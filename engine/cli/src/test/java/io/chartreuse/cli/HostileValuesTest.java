package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.Desk.Said;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.PlanDocument;
import io.chartreuse.core.run.RunDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each part of the record, with unexpected values: Chartreuse reads, shows or refuses it, and never fails with an
 * internal error.
 */
final class HostileValuesTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Stands for what a file cannot hold, and JSON can. */
    private static final String LONE_SURROGATE = "lone surrogate";

    private static final List<JsonNode> VALUES = List.of(
            NODES.nullNode(),
            NODES.textNode(LONE_SURROGATE),
            NODES.textNode("9999-12-30T23:59:59.999999999Z"),
            NODES.numberNode(Long.MIN_VALUE),
            NODES.numberNode(Long.MAX_VALUE),
            NODES.numberNode(Double.POSITIVE_INFINITY));

    private static final JsonNode STEERING = NODES.textNode("\u202e\u001b[31m\n::error::\n##[group]");

    @TempDir
    Path directory;

    private Desk desk;
    private Path home;
    private int tried;
    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        home = directory.resolve(".chartreuse/shop");
    }

    private Path newest(String folder) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.sorted().reduce((older, newer) -> newer).orElseThrow();
        }
    }

    private static List<JsonPointer> pointers(JsonNode node, JsonPointer at) {
        List<JsonPointer> found = new ArrayList<>();
        if (at.length() > 0) {
            found.add(at);
        }
        if (node instanceof ObjectNode object) {
            object.fieldNames()
                    .forEachRemaining(name -> found.addAll(pointers(
                            object.get(name),
                            at.append(JsonPointer.compile(
                                    "/" + name.replace("~", "~0").replace("/", "~1"))))));
        }
        for (int i = 0; node instanceof ArrayNode array && i < Math.min(array.size(), 2); i++) {
            found.addAll(pointers(array.get(i), at.append(JsonPointer.compile("/" + i))));
        }
        return found;
    }

    private static ObjectNode with(ObjectNode document, JsonPointer at, JsonNode value) {
        ObjectNode changed = document.deepCopy();
        JsonNode parent = changed.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.set(at.last().getMatchingProperty(), value);
        } else {
            ((ArrayNode) parent).set(at.last().getMatchingIndex(), value);
        }
        return changed;
    }

    private static String text(ObjectNode document) {
        return document.toString()
                .replace("\"Infinity\"", "1e400")
                .replace("Infinity", "1e400")
                .replace(LONE_SURROGATE, "\\ud800");
    }

    private void check(JsonPointer at, JsonNode value, String[] words, Supplier<Said> work) {
        String what = String.join(" ", words) + " with " + at + " = " + value;
        try {
            Said said = work.get();
            if (said.all().contains("fault of Chartreuse")
                    || said.all().contains("\u202e")
                    || said.all().contains("\u001b")
                    || said.all().contains("\n::error::")
                    || said.all().contains("##[")) {
                faults.add(what + ": " + said.all());
            }
        } catch (RuntimeException | Error e) {
            faults.add(what + ": " + e);
        }
    }

    private static ObjectNode rich(ObjectNode run) throws IOException {
        run.withArray("removals")
                .addObject()
                .put("run", "20261101t070000z-3fa2c1")
                .put("digest", "sha256:" + "12".repeat(32))
                .put("at", "2026-11-22T06:59:00Z")
                .put("by", "ada");
        run.withArray("exportFailures")
                .addObject()
                .put("sink", "audit.sink.file")
                .put("problem", "AccessDenied")
                .put("ended", true);
        run.withArray("policies")
                .addObject()
                .put("rule", "r")
                .put("effect", "deny")
                .put("file", "f")
                .put("digest", "sha256:" + "12".repeat(32))
                .putArray("warnings")
                .add("w");
        run.withArray("approvals").add("sha256:" + "12".repeat(32));
        run.withArray("downtimes")
                .addObject()
                .put("address", "memory.workload/web")
                .put("milliseconds", 5)
                .put("since", "2026-11-22T06:59:00Z")
                .put("kept", "by hand")
                .put("firstReadyMilliseconds", 7)
                .put("readyMilliseconds", 8)
                .put("putBack", true);
        run.withObject("/actor/pipeline").put("url", "https://ci");
        ((ObjectNode) run.get("entries").get(1))
                .put("outcome", "failed")
                .put("standing", "ready")
                .put("message", "m")
                .putArray("migrations")
                .addObject()
                .put("script", "V1.sql")
                .put("outcome", "applied")
                .put("milliseconds", 5)
                .put("timeline", 3);
        return run;
    }

    @Test
    void ofARun() throws IOException {
        assertEquals(0, desk.run("apply", "--yes").code());
        Path file = newest("runs");
        ObjectNode envelope = (ObjectNode) Json.read(Files.readString(file));
        ObjectNode run = rich((ObjectNode) Json.read(envelope.get("content").asText()));
        Path exported = directory.resolve("exported.jsonl");
        for (JsonPointer at : pointers(run, JsonPointer.empty())) {
            for (JsonNode value : List.of(STEERING, VALUES.get(tried++ % VALUES.size()))) {
                String changed = text(with(run, at, value));
                Files.writeString(
                        file, envelope.deepCopy().put("content", changed).toString());
                String digest;
                try {
                    digest = RunDocument.digest(changed, "it");
                } catch (RuntimeException none) {
                    digest = "sha256:" + "00".repeat(32);
                }
                Files.writeString(exported, "{\"digest\":\"" + digest + "\",\"run\":" + changed + "}\n");
                for (String[] words : new String[][] {
                    {"audit", "show", "latest"},
                    {"audit", "verify", "--against", exported.toString()},
                    {"audit", "report", "--html", directory.resolve("r.html").toString()},
                    {"status"}
                }) {
                    check(at, value, words, () -> desk.run(words));
                }
            }
        }
        assertEquals(List.of(), faults, () -> String.join("\n", faults));
    }

    @Test
    void ofAPlan() throws IOException {
        Path plan = directory.resolve("plan.json");
        assertEquals(0, desk.run("plan", "--out", plan.toString()).code());
        ObjectNode document = (ObjectNode) Json.read(Files.readString(plan));
        for (JsonPointer at : pointers(document, JsonPointer.empty())) {
            for (JsonNode value : List.of(STEERING, VALUES.get(tried++ % VALUES.size()))) {
                ObjectNode changed = with(document, at, value);
                try {
                    changed.put("id", PlanDocument.digest(changed));
                } catch (RuntimeException none) {
                    // it keeps its id
                }
                Files.writeString(plan, text(changed));
                for (String[] words : new String[][] {
                    {"show", plan.toString(), "--output", "markdown"},
                    {"show", plan.toString(), "--sql"},
                    {"apply", plan.toString()}
                }) {
                    check(at, value, words, () -> desk.run(words));
                }
            }
        }
        assertEquals(List.of(), faults, () -> String.join("\n", faults));
    }
}
