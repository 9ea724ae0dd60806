package io.chartreuse.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.text.Sha256;
import java.util.List;
import java.util.SortedMap;

/** The plan as JSON: writes it, reads it, and computes its id. See {@code plan.schema.json} for the shape. */
public final class PlanDocument {

    /** Minor versions only add fields. */
    public static final String FORMAT_VERSION = "1.3";

    private static final String IDENTITY = "identity";

    private static final String SETTINGS = "settings";

    private PlanDocument() {}

    /** What identifies the cluster that a plan was made for; empty if that could not be found out. */
    static SortedMap<String, String> identity(ObjectNode document) {
        return Fields.of(document).texts(IDENTITY, "a text");
    }

    /** A short digest of each setting that it was made from; empty where the plan says nothing of them. */
    static ObjectNode settings(ObjectNode document) {
        return Fields.of(document).optionalObject(SETTINGS).map(Fields::node).orElseGet(Json::object);
    }

    /** The same plan with its document written and its id computed over it. */
    static Plan seal(Plan plan, PlanRequest request) {
        ObjectNode content = write(plan);
        if (!request.identity().isEmpty()) {
            request.identity().forEach(content.putObject(IDENTITY)::put);
        }
        if (!request.settings().isEmpty()) {
            content.set(SETTINGS, request.settings());
        }
        String id = digest(content);
        ObjectNode document = Json.object();
        document.put("formatVersion", plan.formatVersion());
        document.put("id", id);
        document.setAll(content);
        return new Plan(
                id,
                plan.formatVersion(),
                plan.chartreuseVersion(),
                plan.createdAt(),
                plan.release(),
                plan.strategy(),
                plan.onFailure(),
                plan.configurationDigest(),
                plan.providers(),
                plan.changes(),
                plan.stages(),
                plan.recovery(),
                plan.basis(),
                document);
    }

    /** The id that a document must have: the digest of its canonical JSON without the id itself. */
    public static String digest(ObjectNode document) {
        return Sha256.of(CanonicalJson.write(document.deepCopy().without("id")));
    }

    private static ObjectNode write(Plan plan) {
        ObjectNode document = Json.object();
        document.put("formatVersion", plan.formatVersion());
        document.put("chartreuseVersion", plan.chartreuseVersion());
        document.put("createdAt", plan.createdAt().toString());
        document.set("release", release(plan.release()));
        document.put("strategy", plan.strategy().word());
        document.put("onFailure", plan.onFailure().word());
        document.put("configurationDigest", plan.configurationDigest());
        plan.basis().ifPresent(basis -> document.set("basis", basis(basis)));
        plan.providers().forEach(document.putArray("providers")::add);
        ArrayNode changes = document.putArray("changes");
        plan.changes().forEach(change -> changes.add(ChangeDocument.write(change)));
        stages(document.putArray("stages"), plan.stages());
        stages(document.putArray("recovery"), plan.recovery());
        ObjectNode summary = document.putObject("summary");
        PlanSummary.of(plan.changes()).forEach(summary::put);
        return document;
    }

    /** A release as plans and runs write it. */
    public static ObjectNode release(Release release) {
        ObjectNode node = Json.object();
        node.put("name", release.name());
        release.namespace().ifPresent(namespace -> node.put("namespace", namespace));
        return node;
    }

    /** Reads what {@link #release(Release)} wrote. */
    public static Release release(Fields fields) {
        return new Release(fields.text("name"), fields.optionalText("namespace"));
    }

    private static ObjectNode basis(PlanBasis basis) {
        ObjectNode node = Json.object().put("kind", basis.kind().word());
        basis.run().ifPresent(run -> node.put("run", run));
        return node.put("recordedAt", basis.recordedAt().toString()).put("digest", basis.digest());
    }

    private static PlanBasis basis(Fields fields) {
        return new PlanBasis(
                fields.word("kind", PlanBasis.Kind.class),
                fields.optionalText("run"),
                fields.time("recordedAt"),
                fields.text("digest"));
    }

    private static void stages(ArrayNode target, List<Stage> stages) {
        for (Stage stage : stages) {
            ObjectNode node = target.addObject().put("name", stage.name().word());
            if (stage.name() == StageName.QUIESCE || stage.name() == StageName.RESTORE) {
                node.put("order", stage.order());
            }
            ArrayNode steps = node.putArray("steps");
            stage.steps()
                    .forEach(step -> steps.addObject()
                            .put("id", step.id())
                            .put("address", step.address().toString())
                            .put("to", step.to().word()));
        }
    }

    /**
     * Reads a document whose format and id were checked.
     *
     * @throws Fields.Malformed where a field is missing or of the wrong shape
     */
    static Plan read(JsonNode document) {
        Fields fields = Fields.of(document);
        return new Plan(
                fields.text("id"),
                fields.text("formatVersion"),
                fields.text("chartreuseVersion"),
                fields.time("createdAt"),
                release(fields.object("release")),
                fields.word("strategy", Strategy.class),
                fields.word("onFailure", OnFailure.class),
                fields.text("configurationDigest"),
                fields.texts("providers"),
                fields.list("changes", ChangeDocument::read),
                fields.list("stages", PlanDocument::stage),
                fields.list("recovery", PlanDocument::stage),
                fields.optionalObject("basis").map(PlanDocument::basis),
                fields.node());
    }

    private static Stage stage(Fields fields) {
        return new Stage(
                fields.word("name", StageName.class),
                fields.wholeNumber("order", 0),
                fields.list("steps", PlanDocument::step));
    }

    private static PlannedStep step(Fields fields) {
        return new PlannedStep(
                fields.text("id"), fields.parsed("address", Address::parse), fields.word("to", Phase.class));
    }
}
