package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.audit.VerifiedRuns;
import io.chartreuse.core.json.Json;
import java.util.List;

/** What was found to be as recorded, as JSON: {@code output/verify.schema.json}. */
public final class VerifiedDocument {

    private VerifiedDocument() {}

    /**
     * The document of this.
     *
     * @param unknown fingerprints of keys that approved plans, and that the configuration does not name
     */
    public static ObjectNode of(VerifiedRuns verified, List<String> unknown) {
        ObjectNode document = Json.object().put("runs", verified.runs().size());
        verified.head()
                .ifPresent(head -> document.putObject("head")
                        .put("run", head.run().id())
                        .put("digest", head.digest())
                        .put("ended", head.run().endedAt().isPresent()));
        verified.removed()
                .ifPresent(link ->
                        document.putObject("removed").put("run", link.run()).put("digest", link.digest()));
        if (!unknown.isEmpty()) {
            unknown.forEach(document.putArray("unknownKeys")::add);
        }
        if (!verified.unexported().isEmpty()) {
            ArrayNode failures = document.putArray("exportFailures");
            verified.unexported()
                    .forEach(run -> run.run()
                            .evidence()
                            .exportFailures()
                            .forEach(failure -> failures.addObject()
                                    .put("run", run.name())
                                    .put("sink", failure.sink())
                                    .put("problem", failure.problem())
                                    .put("ended", failure.ended())));
        }
        return document;
    }
}
