package io.chartreuse.core.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.MigrationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The actor and the evidence of a run as JSON. */
final class RunParts {

    static final String REMOVALS = "removals";

    static final String EXPORT_FAILURES = "exportFailures";

    private RunParts() {}

    static ObjectNode actor(Actor actor) {
        ObjectNode node = Json.object()
                .put("user", actor.user())
                .put("host", actor.host())
                .put("pid", actor.pid());
        Origin origin = actor.origin();
        origin.account().ifPresent(account -> node.put("account", account));
        origin.pod().ifPresent(pod -> node.put("pod", pod));
        origin.image().ifPresent(image -> node.put("image", image));
        if (!origin.pipeline().isEmpty()) {
            origin.pipeline().forEach(node.putObject("pipeline")::put);
        }
        return node;
    }

    static Actor actor(Fields fields) {
        Origin origin = new Origin(
                fields.optionalText("account"),
                fields.optionalText("pod"),
                fields.optionalText("image"),
                fields.texts("pipeline", "a text"));
        return new Actor(fields.text("user"), fields.text("host"), fields.number("pid", 0), origin);
    }

    static void write(Evidence evidence, ObjectNode document) {
        evidence.previous().ifPresent(link -> document.set("previous", link(link)));
        if (!evidence.removals().isEmpty()) {
            ArrayNode removals = document.putArray(REMOVALS);
            evidence.removals().forEach(removal -> removals.add(removal(removal)));
        }
        if (!evidence.approvals().isEmpty()) {
            ArrayNode approvals = document.putArray("approvals");
            evidence.approvals().forEach(approvals::add);
        }
        if (!evidence.downtimes().isEmpty()) {
            ArrayNode downtimes = document.putArray("downtimes");
            evidence.downtimes().forEach(time -> downtimes.add(downtime(time)));
        }
        if (!evidence.policies().isEmpty()) {
            ArrayNode policies = document.putArray("policies");
            evidence.policies().forEach(verdict -> policies.add(verdict(verdict)));
        }
        if (!evidence.foundStopped().isEmpty()) {
            ArrayNode stops = document.putArray("foundStopped");
            evidence.foundStopped().forEach(stop -> stops.add(stop(stop)));
        }
        evidence.state().ifPresent(digest -> document.put("state", digest));
        if (!evidence.exportFailures().isEmpty()) {
            ArrayNode failures = document.putArray(EXPORT_FAILURES);
            evidence.exportFailures().forEach(failure -> failures.add(exportFailure(failure)));
        }
    }

    static Evidence evidence(Fields fields) {
        return new Evidence(
                link(fields, "previous"),
                fields.list(REMOVALS, RunParts::removal),
                fields.texts("approvals"),
                fields.list("downtimes", RunParts::downtime),
                fields.list("policies", RunParts::verdict),
                fields.list("foundStopped", RunParts::stop),
                fields.optionalText("state"),
                exportFailures(fields));
    }

    static ObjectNode removal(Removal removal) {
        return link(removal.last()).put("at", removal.at().toString()).put("by", removal.by());
    }

    private static Removal removal(Fields fields) {
        return new Removal(
                new RunLink(fields.text("run"), fields.text("digest")), fields.time("at"), fields.text("by"));
    }

    static ObjectNode exportFailure(ExportFailure failure) {
        return Json.object()
                .put("sink", failure.sink())
                .put("problem", failure.problem())
                .put("ended", failure.ended());
    }

    static List<ExportFailure> exportFailures(Fields fields) {
        return fields.list(
                EXPORT_FAILURES,
                failure ->
                        new ExportFailure(failure.text("sink"), failure.text("problem"), failure.flag("ended", false)));
    }

    private static ObjectNode verdict(RuleVerdict verdict) {
        ObjectNode node = Json.object()
                .put("rule", verdict.rule())
                .put("effect", verdict.effect())
                .put("file", verdict.file())
                .put("digest", verdict.digest());
        if (!verdict.warnings().isEmpty()) {
            verdict.warnings().forEach(node.withArray("warnings")::add);
        }
        return node;
    }

    private static RuleVerdict verdict(Fields fields) {
        return new RuleVerdict(
                fields.text("rule"),
                fields.text("effect").equals("deny"),
                fields.text("file"),
                fields.text("digest"),
                fields.texts("warnings"));
    }

    private static ObjectNode link(RunLink link) {
        return Json.object().put("run", link.run()).put("digest", link.digest());
    }

    private static Optional<RunLink> link(Fields fields, String name) {
        return fields.optionalObject(name).map(link -> new RunLink(link.text("run"), link.text("digest")));
    }

    static ObjectNode migration(MigrationResult result) {
        ObjectNode node = Json.object()
                .put("script", result.script())
                .put("outcome", result.outcome().word());
        result.took().ifPresent(took -> node.put("milliseconds", took.toMillis()));
        result.timeline().ifPresent(timeline -> node.put("timeline", timeline));
        return node;
    }

    static MigrationResult migration(Fields fields) {
        return new MigrationResult(
                fields.text("script"),
                fields.word("outcome", MigrationResult.Outcome.class),
                milliseconds(fields, "milliseconds"),
                timeline(fields));
    }

    private static OptionalInt timeline(Fields fields) {
        int timeline = fields.wholeNumber("timeline", 0);
        return timeline > 0 ? OptionalInt.of(timeline) : OptionalInt.empty();
    }

    private static ObjectNode stop(EarlierStop stop) {
        return Json.object()
                .put("address", stop.address().toString())
                .put("run", stop.run())
                .put("at", stop.at().toString());
    }

    private static EarlierStop stop(Fields fields) {
        return new EarlierStop(fields.parsed("address", Address::parse), fields.text("run"), fields.time("at"));
    }

    private static ObjectNode downtime(Downtime time) {
        ObjectNode node = Json.object()
                .put("address", time.address().toString())
                .put("milliseconds", time.total().toMillis());
        time.since().ifPresent(since -> node.put("since", since.toString()));
        if (!time.kept().isEmpty()) {
            node.put("kept", time.kept());
        }
        time.untilFirstReady().ifPresent(until -> node.put("firstReadyMilliseconds", until.toMillis()));
        time.untilReady().ifPresent(until -> node.put("readyMilliseconds", until.toMillis()));
        if (time.putBack()) {
            node.put("putBack", true);
        }
        time.earlier()
                .ifPresent(stop -> node.put("stoppedBy", stop.run())
                        .put("stoppedAt", stop.at().toString()));
        return node;
    }

    private static Downtime downtime(Fields fields) {
        Address address = fields.parsed("address", Address::parse);
        Optional<Instant> stoppedAt = fields.optionalTime("stoppedAt");
        return new Downtime(
                address,
                Duration.ofMillis(fields.number("milliseconds", 0)),
                fields.optionalTime("since"),
                fields.optionalText("kept").orElse(""),
                milliseconds(fields, "firstReadyMilliseconds"),
                milliseconds(fields, "readyMilliseconds"),
                fields.flag("putBack", false),
                fields.optionalText("stoppedBy")
                        .flatMap(run -> stoppedAt.map(at -> new EarlierStop(address, run, at))));
    }

    private static Optional<Duration> milliseconds(Fields fields, String name) {
        long value = fields.number(name, -1);
        return value < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(value));
    }
}
