package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.approval.Approval;
import io.chartreuse.core.json.Json;

/** An approval as JSON: {@code output/approve.schema.json}. */
public final class ApprovalDocument {

    private ApprovalDocument() {}

    /**
     * The document of this.
     *
     * @param counting how many approvals of the plan count now
     * @param required how many it needs
     */
    public static ObjectNode of(Approval approval, int counting, int required) {
        return Json.object()
                .put("planId", approval.planId())
                .put("fingerprint", approval.key().fingerprint())
                .put("approvals", counting)
                .put("required", required);
    }
}
