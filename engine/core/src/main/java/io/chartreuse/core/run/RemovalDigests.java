package io.chartreuse.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The digests of a record as it is and as it was before each of its removals. The newest record of a release that is not deployed for
 * long gets many of them, so what two forms have in common is hashed once: they differ only from where the shorter list ends.
 */
final class RemovalDigests {

    private final ObjectNode document;
    private long hashed;

    RemovalDigests(ObjectNode document) {
        this.document = RunDocument.unsigned(document);
    }

    /** Of the record as it is, of the one without its last removal, and so on to the one without any. */
    List<String> newestFirst() {
        if (!(document.get(RunParts.REMOVALS) instanceof ArrayNode removals) || removals.isEmpty()) {
            return List.of(RunDocument.digest(document));
        }
        List<String> digests = new ArrayList<>();
        digests.add(RunDocument.digest(members(key -> !key.equals(RunParts.REMOVALS))));
        addEach(removals, digests);
        Collections.reverse(digests);
        return digests;
    }

    private void addEach(ArrayNode removals, List<String> digests) {
        byte[] end = bytes(afterTheList());
        Sha256.Stream begun = new Sha256.Stream();
        add(bytes(beforeTheList()), begun);
        String comma = "";
        for (JsonNode removal : removals) {
            add(bytes(comma + CanonicalJson.write(removal)), begun);
            Sha256.Stream form = begun.copy();
            add(end, form);
            digests.add(form.end());
            comma = ",";
        }
    }

    /** Canonical JSON sorts members, so those that sort before the list stand before it. */
    private String beforeTheList() {
        ObjectNode first = members(key -> key.compareTo(RunParts.REMOVALS) < 0);
        first.putArray(RunParts.REMOVALS);
        String text = CanonicalJson.write(first);
        return text.substring(0, text.length() - "]}".length());
    }

    private String afterTheList() {
        ObjectNode last = members(key -> key.compareTo(RunParts.REMOVALS) > 0);
        last.putArray(RunParts.REMOVALS);
        return CanonicalJson.write(last).substring(("{\"" + RunParts.REMOVALS + "\":[").length());
    }

    private ObjectNode members(Predicate<String> chosen) {
        ObjectNode members = Json.object();
        document.properties().stream()
                .filter(member -> chosen.test(member.getKey()))
                .forEach(member -> members.set(member.getKey(), member.getValue()));
        return members;
    }

    private void add(byte[] bytes, Sha256.Stream stream) {
        stream.add(bytes);
        hashed += bytes.length;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** How many bytes of forms with removals were hashed, for tests: time tells less. */
    long hashed() {
        return hashed;
    }
}
