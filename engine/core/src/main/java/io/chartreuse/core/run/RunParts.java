package io.chartreuse.core.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The actor and the evidence of a run as JSON. */
final class RunParts {

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
        evidence.removed().ifPresent(link -> document.set("removed", link(link)));
        if (!evidence.approvals().isEmpty()) {
            ArrayNode approvals = document.putArray("approvals");
            evidence.approvals().forEach(approvals::add);
        }
        if (!evidence.downtimes().isEmpty()) {
            ArrayNode downtimes = document.putArray("downtimes");
            evidence.downtimes().forEach(time -> downtimes.add(downtime(time)));
        }
        evidence.state().ifPresent(digest -> document.put("state", digest));
    }

    static Evidence evidence(Fields fields) {
        return new Evidence(
                link(fields, "previous"),
                link(fields, "removed"),
                fields.texts("approvals"),
                fields.list("downtimes", RunParts::downtime),
                fields.optionalText("state"));
    }

    private static ObjectNode link(Link link) {
        return Json.object().put("run", link.run()).put("digest", link.digest());
    }

    private static Optional<Link> link(Fields fields, String name) {
        return fields.optionalObject(name).map(link -> new Link(link.text("run"), link.text("digest")));
    }

    private static ObjectNode downtime(Downtime time) {
        ObjectNode node = Json.object()
                .put("address", time.address().toString())
                .put("milliseconds", time.total().toMillis());
        time.since().ifPresent(since -> node.put("since", since.toString()));
        return node;
    }

    private static Downtime downtime(Fields fields) {
        return new Downtime(
                fields.parsed("address", Address::parse),
                Duration.ofMillis(fields.number("milliseconds", 0)),
                fields.optionalText("since").map(Instant::parse));
    }
}
