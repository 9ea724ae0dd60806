package io.chartreuse.core.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.approval.ApprovalKey;
import io.chartreuse.core.approval.ApprovalRule;
import io.chartreuse.core.approval.SigningKey;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secrets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Signatures of runs by the key of the process that executes them. A signature is over the digest of the record and stands
 * in it as {@code signature}, which the digest leaves out.
 */
public final class RunSignatures {

    /** Asks for none. */
    public static final RunSignatures NONE = new RunSignatures(Optional.empty(), List.of());

    private final Optional<Supplier<SigningKey>> signer;
    private final List<ApprovalKey> keys;

    private RunSignatures(Optional<Supplier<SigningKey>> signer, List<ApprovalKey> keys) {
        this.signer = signer;
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads the configuration's {@code audit.signing}, valid against the schema. The private key is read when a run is written.
     *
     * @param directory where relative paths of public keys start
     * @throws ChartreuseException where a public key cannot be read
     */
    public static RunSignatures of(JsonNode signing, Path directory, Secrets secrets) {
        if (signing.isMissingNode()) {
            return NONE;
        }
        Optional<Supplier<SigningKey>> signer = Optional.of(signing.path("key"))
                .filter(JsonNode::isObject)
                .map(reference -> () -> SigningKey.of(secrets.resolve(reference).reveal(), "audit.signing.key"));
        return new RunSignatures(signer, ApprovalRule.keys(signing.path("keys"), "audit.signing.keys", directory));
    }

    /** Whether runs have to be signed to be believed. */
    public boolean isRequired() {
        return !keys.isEmpty();
    }

    /** Whose signatures count: the keys' names by their fingerprints. */
    public SortedMap<String, String> signers() {
        SortedMap<String, String> signers = new TreeMap<>();
        keys.forEach(key -> signers.put(key.fingerprint(), key.name()));
        return signers;
    }

    /** The same record with a signature in the place of the one that it had. @throws ChartreuseException where the key cannot be read */
    String signed(String document) {
        if (signer.isEmpty()) {
            return document;
        }
        ObjectNode signed = parsed(document);
        signed.remove(RunDocument.SIGNATURE);
        byte[] signature = signer.get().get().sign(text(signed));
        signed.put(RunDocument.SIGNATURE, Base64.getEncoder().encodeToString(signature));
        return signed.toString();
    }

    /** The record without its signature, as a run writes it. */
    static String unsigned(String document) {
        ObjectNode bare = parsed(document);
        return bare.remove(RunDocument.SIGNATURE) == null ? document : bare.toString();
    }

    /** Whether one of the keys signed the record as it is; of any record where no keys are asked for. */
    public boolean hold(String document) {
        return !isRequired() || isSigned(parsed(document));
    }

    boolean isSigned(ObjectNode document) {
        try {
            byte[] signature = Base64.getDecoder()
                    .decode(document.path(RunDocument.SIGNATURE).asText());
            String text = text(document);
            return signature.length > 0 && keys.stream().anyMatch(key -> key.signs(text, signature));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** No plan's id looks like it, so that a signature of a run approves nothing. */
    private static String text(ObjectNode document) {
        return "chartreuse run " + RunDocument.digest(document);
    }

    static ObjectNode parsed(String document) {
        try {
            return (ObjectNode) Json.read(document);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new ChartreuseException(Diagnostic.error(
                    AuditError.ARTIFACT_UNSOUND,
                    "what is stored as a run is not a JSON object",
                    "Find out who may write to the backend and did."));
        }
    }
}
