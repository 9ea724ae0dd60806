package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.drift.DriftReport;
import io.chartreuse.core.drift.DriftedPart;
import io.chartreuse.core.json.Json;

/** What has moved since the last run as JSON: {@code drift} in {@code output/status.schema.json}. */
final class DriftDocument {

    private DriftDocument() {}

    static ObjectNode of(DriftReport drift, boolean known) {
        ObjectNode document = Json.object();
        drift.since().ifPresent(state -> {
            ObjectNode since = document.putObject("since");
            state.run().ifPresent(run -> since.put("run", run));
            since.put("recordedAt", state.recordedAt().toString()).put("digest", state.digest());
        });
        document.put("current", drift.current())
                .put("running", drift.running())
                .put("known", known && !drift.running());
        ArrayNode found = document.putArray("found");
        drift.found().forEach(one -> found.add(one(one)));
        return document;
    }

    private static ObjectNode one(DriftedPart drifted) {
        ObjectNode node = Json.object()
                .put("address", drifted.address().toString())
                .put("kind", drifted.kind().word())
                .put("what", drifted.what());
        drifted.before().ifPresent(before -> node.put("before", before));
        drifted.after().ifPresent(after -> node.put("after", after));
        if (!drifted.details().isEmpty()) {
            ArrayNode details = node.putArray("details");
            drifted.details().forEach(details::add);
        }
        return node;
    }
}
