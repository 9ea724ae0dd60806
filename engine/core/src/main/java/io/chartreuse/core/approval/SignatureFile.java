package io.chartreuse.core.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;

/** A signature that another tool wrote: in Base64, as {@code cosign sign-blob} prints it, or in one of its bundles. */
public final class SignatureFile {

    private SignatureFile() {}

    /** @throws ChartreuseException where the file holds no signature */
    public static byte[] read(Path file) {
        String text = Pem.read(file).strip();
        try {
            String base64 = text.startsWith("{") ? bundled(Json.read(text)) : text;
            byte[] signature = Base64.getDecoder().decode(base64);
            if (signature.length > 0) {
                return signature;
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw unreadable(file);
        }
        throw unreadable(file);
    }

    private static String bundled(JsonNode bundle) {
        return Stream.of("/messageSignature/signature", "/base64Signature")
                .map(place -> bundle.at(place).asText())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static ChartreuseException unreadable(Path file) {
        return new ChartreuseException(Diagnostic.error(
                ApprovalError.SIGNATURE_UNREADABLE,
                file + " holds no signature in Base64",
                "Write it with: printf %s PLAN_ID > id; cosign sign-blob --key KEY id > " + file.getFileName()));
    }
}
