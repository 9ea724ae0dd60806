package io.chartreuse.core.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.MigrationDocument;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.model.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One resource of a state as JSON. */
final class RecordedResourceDocument {

    private RecordedResourceDocument() {}

    static ObjectNode write(RecordedResource remembered) {
        Resource resource = remembered.resource();
        ObjectNode node = Json.object();
        node.put("address", resource.address().toString());
        node.put("role", resource.role().word());
        node.put("order", resource.order());
        node.put("reason", resource.reason());
        node.set("observed", resource.observed());
        node.set("desired", resource.desired());
        resource.maintenance().ifPresent(state -> node.set("maintenance", state));
        resource.identity().forEach(node.putObject("identity")::put);
        resource.fingerprint().forEach(node.putObject("fingerprint")::put);
        MigrationDocument.write(node, resource.migrations());
        remembered.snapshot().ifPresent(snapshot -> {
            snapshot.parts().forEach(node.putObject("parts")::put);
            if (!snapshot.details().isEmpty()) {
                ObjectNode details = node.putObject("details");
                snapshot.details().forEach((part, named) -> named.forEach(details.putObject(part)::put));
            }
            node.set("notes", snapshot.notes());
        });
        return node;
    }

    static RecordedResource read(Fields fields) {
        Address address = fields.parsed("address", Address::parse);
        return new RecordedResource(resource(address, fields), snapshot(address, fields));
    }

    private static Resource resource(Address address, Fields fields) {
        return new Resource(
                address,
                fields.word("role", Role.class),
                fields.wholeNumber("order", 0),
                fields.object("observed").node(),
                fields.object("desired").node(),
                fields.optionalObject("maintenance").map(Fields::node),
                fields.texts("identity", "a text"),
                fields.texts("fingerprint", "a text"),
                fields.list("migrations", MigrationDocument::read),
                fields.text("reason"),
                List.of(),
                true);
    }

    private static Optional<Snapshot> snapshot(Address address, Fields fields) {
        return fields.optionalObject("parts")
                .map(any -> new Snapshot(
                        address,
                        fields.texts("parts", "a text"),
                        details(fields),
                        fields.optionalObject("notes").map(Fields::node).orElseGet(Json::object)));
    }

    private static SortedMap<String, SortedMap<String, String>> details(Fields fields) {
        SortedMap<String, SortedMap<String, String>> details = new TreeMap<>();
        fields.optionalObject("details")
                .ifPresent(all -> all.node()
                        .fieldNames()
                        .forEachRemaining(part -> details.put(part, new TreeMap<>(all.texts(part, "a text")))));
        return details;
    }
}
