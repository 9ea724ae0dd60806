package io.chartreuse.core.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A signature that another tool wrote: one of the two bundles of {@code cosign sign-blob}, Base64 as its earlier
 * versions print it, in lines or in one, or the bare bytes, as openssl writes them.
 */
public final class SignatureFile {

    private SignatureFile() {}

    /** @throws ChartreuseException where the file holds no signature */
    public static byte[] read(Path file) {
        byte[] content = Pem.bytes(file);
        return Optional.of(text(content).map(text -> decoded(text, file)).orElse(content))
                .filter(signature -> signature.length > 0)
                .orElseThrow(() -> unreadable(file));
    }

    /** Empty if the bytes are not UTF-8 text; 64 random bytes hardly ever are. */
    private static Optional<String> text(byte[] content) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()
                    .strip());
        } catch (CharacterCodingException bytes) {
            return Optional.empty();
        }
    }

    private static byte[] decoded(String text, Path file) {
        try {
            String base64 = text.startsWith("{") ? bundled(Json.read(text)) : text;
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw unreadable(file);
        }
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
                file + " holds no signature",
                "Write it with: printf %s PLAN_ID > id; cosign sign-blob --key KEY --bundle " + file.getFileName()
                        + " id"));
    }
}
