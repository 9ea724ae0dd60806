package io.chartreuse.core.approval;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A public key that can approve: Ed25519 or ECDSA on P-256. Two are the same where their fingerprints are. */
public final class ApprovalKey {

    private static final int FINGERPRINT_SHOWN = 19;

    private final String name;
    private final KeyKind kind;
    private final PublicKey key;

    private ApprovalKey(String name, KeyKind kind, PublicKey key) {
        this.name = name;
        this.kind = kind;
        this.key = key;
    }

    /**
     * Reads a key from a text.
     *
     * @param source where the text comes from, for messages
     * @param name   its name; empty if it has no name
     * @throws ChartreuseException if it is not a key that can approve
     */
    static ApprovalKey of(String pem, String source, String name) {
        Pem block = Pem.of(pem, source);
        if (block.label().contains("PRIVATE")) {
            throw Pem.unusable(
                    source + " is a private key, where a public one belongs",
                    "Keep it to yourself; write what `openssl pkey -in KEY -pubout` prints.");
        }
        return ofEncoded(block.content())
                .map(key -> new ApprovalKey(name, key.kind, key.key))
                .orElseThrow(() -> Pem.unusable(
                        source + " is not a public key of a kind that approves, or not encoded as one",
                        "Use Ed25519 or ECDSA on P-256, as `openssl pkey -pubout` or cosign write them."));
    }

    /**
     * Reads the one of a file.
     *
     * @param name how it is called; empty: as its file
     * @throws ChartreuseException where the file holds none that can approve
     */
    static ApprovalKey read(Path file, String name) {
        String ofFile = String.valueOf(file.getFileName()).replaceAll("\\.(pub|pem|key)$", "");
        return of(Pem.read(file), file.toString(), name.isEmpty() ? ofFile : name);
    }

    /** The key of these bytes (X.509 SubjectPublicKeyInfo); empty if it is not a key that can approve. */
    static Optional<ApprovalKey> ofEncoded(byte[] spki) {
        return Arrays.stream(KeyKind.values())
                .flatMap(kind -> kind.publicKey(spki).stream().map(key -> new ApprovalKey("", kind, key)))
                .findFirst();
    }

    /** {@code sha256:…} of the key as X.509 encodes it. */
    public String fingerprint() {
        return Sha256.of(key.getEncoded());
    }

    String encoded() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** Whether this signs that plan id; who signed a file of it may have ended the line. */
    boolean verifies(String planId, byte[] signature) {
        return kind.isSignature(signature)
                && Stream.of("", "\n", "\r\n")
                        .map(end -> (planId + end).getBytes(StandardCharsets.UTF_8))
                        .anyMatch(
                                text -> kind.schemes().stream().anyMatch(scheme -> verifies(scheme, text, signature)));
    }

    /** Whether this signs that text, to the letter. */
    public boolean signs(String text, byte[] signature) {
        return kind.isSignature(signature)
                && verifies(Optional.empty(), text.getBytes(StandardCharsets.UTF_8), signature);
    }

    private boolean verifies(Optional<AlgorithmParameterSpec> scheme, byte[] text, byte[] signature) {
        try {
            Signature check = Signature.getInstance(kind.signature());
            if (scheme.isPresent()) {
                check.setParameter(scheme.get());
            }
            check.initVerify(key);
            check.update(text);
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApprovalKey that && fingerprint().equals(that.fingerprint());
    }

    @Override
    public int hashCode() {
        return Objects.hash(fingerprint());
    }

    /** How it is called; empty where it has no name. */
    public String name() {
        return name;
    }

    /** {@code dba (sha256:0123456789ab)}: the name of its file, where it has one, and its fingerprint. */
    @Override
    public String toString() {
        String shown = fingerprint().substring(0, FINGERPRINT_SHOWN);
        return name.isEmpty() ? shown : name + " (" + shown + ")";
    }
}
