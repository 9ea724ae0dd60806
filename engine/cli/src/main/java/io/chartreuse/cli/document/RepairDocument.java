package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.PlanDocument;
import io.chartreuse.core.plan.Release;
import io.chartreuse.spi.model.Repair;
import java.util.List;

/** What was repaired as JSON: {@code output/repair.schema.json}. */
public final class RepairDocument {

    private RepairDocument() {}

    public static ObjectNode of(Release release, List<Repair> found, List<Repair> done) {
        ObjectNode document = Json.object();
        document.set("release", PlanDocument.release(release));
        ArrayNode array = document.putArray("repairs");
        found.forEach(repair -> array.addObject()
                .put("address", repair.address().toString())
                .put("name", repair.name())
                .put("action", repair.action())
                .put("reason", repair.reason())
                .put("certain", repair.certain())
                .put("done", done.contains(repair)));
        return document;
    }
}
