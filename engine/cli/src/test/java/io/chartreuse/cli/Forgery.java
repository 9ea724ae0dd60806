package io.chartreuse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.PlanDocument;
import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Changes to Chartreuse's documents by an attacker who knows their form and how their id is computed. */
final class Forgery {

    private Forgery() {}

    /** Changes a plan in a file and gives it the id that its content has now. */
    static void plan(Path file, Consumer<ObjectNode> edit) {
        edit(file, document -> {
            edit.accept(document);
            document.put("id", PlanDocument.digest(document));
        });
    }

    /** Changes a state in a file and gives it the digest that its content has now. */
    static void state(Path file, Consumer<ObjectNode> edit) {
        edit(file, sealed(edit));
    }

    /** The edit, and then the digest of a state that comes of it. */
    static Consumer<ObjectNode> sealed(Consumer<ObjectNode> edit) {
        return edit.andThen(document -> {
            document.remove("digest");
            document.put("digest", Sha256.of(CanonicalJson.write(document)));
        });
    }

    /** Changes a document in a file. */
    static void edit(Path file, Consumer<ObjectNode> edit) {
        ObjectNode document = (ObjectNode) read(file);
        edit.accept(document);
        write(file, document);
    }

    /** Changes what an artifact of the file backend holds, and leaves its envelope. */
    static void content(Path artifact, Consumer<ObjectNode> edit) {
        edit(artifact, envelope -> {
            try {
                ObjectNode content =
                        (ObjectNode) Json.read(envelope.get("content").textValue());
                edit.accept(content);
                envelope.put("content", content.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Stores a plan of a file, as the file backend does. */
    static void storePlan(Path home, Path plan) {
        ObjectNode document = (ObjectNode) read(plan);
        String id = document.get("id").asText();
        store(home.resolve("plans/" + id.replace(':', '-') + ".json"), id, document.get("createdAt"), document);
    }

    /** Stores the record of a run of that plan that never began. */
    static ObjectNode storeRun(Path home, Path plan, String outcome, Consumer<ObjectNode> edit) {
        JsonNode document = read(plan);
        String id = "20261122t065900z-abcdef";
        ObjectNode run = Json.object()
                .put("formatVersion", "1.4")
                .put("id", id)
                .put("planId", document.get("id").asText());
        run.set("release", document.get("release"));
        run.put("chartreuseVersion", "1.0.0")
                .put("startedAt", "2026-11-22T06:59:00Z")
                .put("outcome", outcome);
        run.putObject("actor").put("user", "ada").put("host", "laptop").put("pid", 1);
        run.putArray("entries")
                .addObject()
                .put("sequence", 1)
                .put("at", "2026-11-22T06:59:00Z")
                .put("event", "run-begun");
        edit.accept(run);
        store(home.resolve("runs/" + id + ".json"), id, run.get("startedAt"), run);
        return run;
    }

    private static void store(Path file, String id, JsonNode createdAt, ObjectNode content) {
        ObjectNode envelope = Json.object().put("id", id).put("release", "shop").put("formatVersion", "1.3");
        envelope.set("createdAt", createdAt);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(file, envelope.put("version", "1").put("content", content.toString()));
    }

    static JsonNode read(Path file) {
        try {
            return Json.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, ObjectNode document) {
        try {
            Files.writeString(file, Json.pretty(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The change of the resource of this name. */
    static ObjectNode change(ObjectNode plan, String address) {
        return named(plan, "changes", address);
    }

    /** What a state says of the resource of this name. */
    static ObjectNode resource(ObjectNode state, String address) {
        return named(state, "resources", address);
    }

    private static ObjectNode named(ObjectNode document, String list, String address) {
        for (JsonNode element : document.withArray(list)) {
            if (element.path("address").asText().equals(address)) {
                return (ObjectNode) element;
            }
        }
        throw new AssertionError("nothing of " + address + " in " + document);
    }
}
