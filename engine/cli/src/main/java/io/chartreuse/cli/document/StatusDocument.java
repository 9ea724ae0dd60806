package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.insight.CurrentStep;
import io.chartreuse.cli.insight.NextStep;
import io.chartreuse.cli.insight.StopRecord;
import io.chartreuse.cli.insight.UnfinishedDatabase;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.PlanDocument;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.session.ReleaseStatus;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import java.time.Instant;
import java.util.Optional;

/** How a release stands as JSON: {@code output/status.schema.json}. */
public final class StatusDocument {

    private StatusDocument() {}

    public static ObjectNode of(ReleaseStatus status, Instant now) {
        ObjectNode document = records(status.release(), status.lock(), status.lastRun(), now);
        status.lastRun().ifPresent(run -> document.set("currentSteps", currentSteps(run)));
        status.lastRun().ifPresent(run -> document.set("unfinished", unfinished(status)));
        if (status.problems().isEmpty() || !status.resources().isEmpty()) {
            ArrayNode resources = document.putArray("resources");
            status.resources().forEach(resource -> resources.add(resource(resource, status)));
        }
        status.drift().ifPresent(drift -> document.set("drift", DriftDocument.of(drift, status.isDriftKnown())));
        document.put("next", NextStep.of(status, now));
        DiagnosticsDocument.add(document.putArray("diagnostics"), status.problems());
        return document;
    }

    private static ArrayNode currentSteps(Run run) {
        ArrayNode array = Json.object().putArray("currentSteps");
        CurrentStep.of(run)
                .forEach(step -> array.addObject()
                        .put("step", step.step())
                        .put("address", step.address().toString())
                        .put("since", step.since().toString()));
        return array;
    }

    private static ArrayNode unfinished(ReleaseStatus status) {
        ArrayNode array = Json.object().putArray("unfinished");
        UnfinishedDatabase.of(status)
                .forEach(one -> array.addObject()
                        .put("step", one.step())
                        .put("address", one.address().toString())
                        .put("outcome", one.outcome().replace(' ', '-'))
                        .put("message", one.message()));
        return array;
    }

    private static ObjectNode records(Release release, Optional<Lease> lock, Optional<Run> lastRun, Instant now) {
        ObjectNode document = Json.object();
        document.set("release", PlanDocument.release(release));
        lock.ifPresent(lease -> document.set("lock", lock(lease, now)));
        lastRun.ifPresent(run -> document.set("lastRun", RunsDocument.summary(run)));
        return document;
    }

    static ObjectNode lock(Lease lease, Instant now) {
        return Json.object()
                .put("holder", lease.holder())
                .put("acquiredAt", lease.acquiredAt().toString())
                .put("renewedAt", lease.renewedAt().toString())
                .put("expiresAt", lease.expiresAt().toString())
                .put("alive", NextStep.isAlive(lease, now));
    }

    private static ObjectNode resource(Resource resource, ReleaseStatus status) {
        ObjectNode node = Json.object();
        node.put("address", resource.address().toString());
        node.put("role", resource.role().word());
        node.set("observed", resource.observed());
        node.set("desired", resource.desired());
        resource.maintenance().ifPresent(state -> node.put("stopped", NextStep.isStopped(resource)));
        StopRecord.of(resource, status)
                .ifPresent(stop -> node.put("stoppedBy", stop.runId())
                        .put("stoppedSince", stop.since().toString()));
        node.put("ready", resource.ready());
        node.put("reason", resource.reason());
        node.put("pendingMigrations", Migration.pending(resource.migrations()).size());
        DiagnosticsDocument.add(node.putArray("findings"), resource.findings());
        return node;
    }
}
