package io.chartreuse.core.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.text.Sha256;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * That the owner of a key allows a plan. Proves itself: the signature is checked whenever it is read.
 *
 * @param by        who handed it over, as that process says; proves nothing
 * @param signature in Base64
 */
public record Approval(String planId, ApprovalKey key, String signature, Instant at, String by) {

    private static final String FORMAT_VERSION = "1.0";

    public Approval {
        Objects.requireNonNull(planId, "planId");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(signature, "signature");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(by, "by");
    }

    /** What is kept of it, named by its digest. See {@code approval.schema.json}. */
    Artifact artifact(String release) {
        ObjectNode document = Json.object()
                .put("formatVersion", FORMAT_VERSION)
                .put("planId", planId)
                .put("fingerprint", key.fingerprint())
                .put("publicKey", key.encoded())
                .put("signature", signature)
                .put("at", at.toString())
                .put("by", by);
        String content = document.toString();
        return new Artifact(Sha256.of(content), release, FORMAT_VERSION, at, content, "");
    }

    /** Reads an approval; empty if the artifact is not an approval, or its signature is not by its key. */
    static Optional<Approval> of(Artifact artifact) {
        try {
            Fields fields = Fields.of(Json.read(artifact.content()));
            return fields.text("formatVersion").startsWith("1.") ? read(fields) : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Approval> read(Fields fields) {
        String planId = fields.text("planId");
        String signature = fields.text("signature");
        byte[] signed = Base64.getDecoder().decode(signature);
        return ApprovalKey.ofEncoded(Base64.getDecoder().decode(fields.text("publicKey")))
                .filter(key -> key.verifies(planId, signed))
                .map(key -> new Approval(planId, key, signature, fields.time("at"), fields.text("by")));
    }
}
