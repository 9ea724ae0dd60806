package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.PlanDocument;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.refresh.PreflightResult;
import io.chartreuse.spi.model.Check;
import java.util.List;

/** What was checked as JSON: {@code output/doctor.schema.json}. */
public final class DoctorDocument {

    private DoctorDocument() {}

    public static ObjectNode of(Release release, List<PreflightResult> checks) {
        ObjectNode document = Json.object();
        document.set("release", PlanDocument.release(release));
        document.put(
                "healthy",
                checks.stream().noneMatch(examined -> examined.check().failed()));
        ArrayNode array = document.putArray("checks");
        checks.forEach(examined -> array.add(check(examined)));
        return document;
    }

    private static ObjectNode check(PreflightResult examined) {
        Check check = examined.check();
        ObjectNode node = Json.object()
                .put("by", examined.by())
                .put("subject", check.subject())
                .put("found", check.found())
                .put("result", check.failed() ? "failed" : check.problem().isPresent() ? "warning" : "good");
        check.problem().ifPresent(problem -> node.set("problem", DiagnosticsDocument.one(problem)));
        return node;
    }
}
