package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.util.List;
import java.util.Locale;

/** Problems as JSON: {@code output/diagnostics.schema.json}. */
public final class DiagnosticsDocument {

    private DiagnosticsDocument() {}

    /** The document of these; an empty list where nothing is wrong. */
    public static ObjectNode of(List<Diagnostic> diagnostics) {
        ObjectNode document = Json.object();
        add(document.putArray("diagnostics"), diagnostics);
        return document;
    }

    static void add(ArrayNode array, List<Diagnostic> diagnostics) {
        diagnostics.forEach(diagnostic -> array.add(one(diagnostic)));
    }

    static ObjectNode one(Diagnostic diagnostic) {
        ObjectNode node = Json.object();
        node.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
        node.put("code", diagnostic.code().code());
        node.put("summary", diagnostic.summary());
        node.put("remedy", diagnostic.remedy());
        diagnostic.address().ifPresent(address -> node.put("address", address.toString()));
        diagnostic.location().ifPresent(place -> node.set("location", location(place)));
        return node;
    }

    private static ObjectNode location(Location place) {
        return Json.object()
                .put("file", place.file())
                .put("line", place.line())
                .put("column", place.column())
                .put("path", place.path());
    }
}
