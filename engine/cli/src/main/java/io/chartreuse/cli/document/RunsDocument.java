package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.run.Run;
import java.util.List;

/** Runs without their entries as JSON: {@code output/runs.schema.json}. */
public final class RunsDocument {

    private RunsDocument() {}

    /** The document of these, in their order. */
    public static ObjectNode of(List<Run> runs) {
        ObjectNode document = Json.object();
        ArrayNode array = document.putArray("runs");
        runs.forEach(run -> array.add(summary(run)));
        return document;
    }

    static ObjectNode summary(Run run) {
        ObjectNode node = Json.object();
        node.put("id", run.id());
        node.put("planId", run.planId());
        node.put("startedAt", run.startedAt().toString());
        run.endedAt().ifPresent(at -> node.put("endedAt", at.toString()));
        node.put("outcome", run.outcome().word());
        run.recovery().ifPresent(recovery -> node.put("recovery", recovery.word()));
        node.put("actor", run.actor().toString());
        return node;
    }
}
