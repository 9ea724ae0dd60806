package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.audit.PruneResult;
import io.chartreuse.core.json.Json;

/** What retention took, or would take, as JSON: {@code output/prune.schema.json}. */
public final class PrunedDocument {

    private PrunedDocument() {}

    /**
     * The document of this.
     *
     * @param dryRun whether nothing was taken
     */
    public static ObjectNode of(PruneResult pruned, boolean dryRun) {
        ObjectNode document = Json.object().put("dryRun", dryRun);
        pruned.runs().forEach(document.putArray("runs")::add);
        pruned.plans().forEach(document.putArray("plans")::add);
        document.put("approvals", pruned.approvals());
        pruned.kept().ifPresent(kept -> document.put("kept", kept));
        return document;
    }
}
