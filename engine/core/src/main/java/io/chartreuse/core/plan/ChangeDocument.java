package io.chartreuse.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.model.Role;
import java.util.List;

/** One change of a plan as JSON. */
final class ChangeDocument {

    private ChangeDocument() {}

    static ObjectNode write(Change change) {
        ObjectNode node = Json.object();
        node.put("address", change.address().toString());
        node.put("role", change.role().word());
        if (change.role() == Role.QUIESCE) {
            node.put("order", change.order());
        }
        ArrayNode actions = node.putArray("actions");
        change.actions().forEach(actions::add);
        node.put("reason", change.reason());
        node.set("before", change.before());
        change.during().ifPresent(during -> node.set("during", during));
        node.set("after", change.after());
        node.putArray("diff").addAll(change.diff());
        MigrationDocument.write(node, change.migrations());
        change.identity().forEach(node.putObject("identity")::put);
        change.fingerprint().forEach(node.putObject("fingerprint")::put);
        findings(node.putArray("findings"), change.findings());
        return node;
    }

    static void findings(ArrayNode array, List<Diagnostic> findings) {
        for (Diagnostic finding : findings) {
            array.addObject()
                    .put("severity", "warning")
                    .put("code", finding.code().code())
                    .put("summary", finding.summary())
                    .put("remedy", finding.remedy());
        }
    }

    static Change read(Fields fields) {
        Address address = fields.parsed("address", Address::parse);
        return new Change(
                address,
                fields.word("role", Role.class),
                fields.wholeNumber("order", 0),
                fields.texts("actions"),
                fields.text("reason"),
                fields.object("before").node(),
                fields.optionalObject("during").map(Fields::node),
                fields.object("after").node(),
                fields.list("diff", operation -> (JsonNode) operation.node()),
                fields.list("migrations", MigrationDocument::read),
                fields.texts("identity", "a text"),
                fields.texts("fingerprint", "a text"),
                fields.list("findings", finding -> finding(finding, address)));
    }

    private static Diagnostic finding(Fields fields, Address address) {
        ErrorCode code = new RecordedCode(fields.text("code"), ErrorType.EXTERNAL);
        return Diagnostic.warning(code, fields.text("summary"), fields.text("remedy"))
                .about(address);
    }

    /**
     * The code of a finding that a plan recorded; the process that reads the plan need not have the provider that made
     * it.
     */
    private record RecordedCode(String code, ErrorType type) implements ErrorCode {}
}
