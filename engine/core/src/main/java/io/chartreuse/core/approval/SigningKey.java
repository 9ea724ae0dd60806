package io.chartreuse.core.approval;

import io.chartreuse.spi.model.ChartreuseException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;

/** A private key that signs plan ids. Read for one command, kept nowhere, never shown. */
public final class SigningKey {

    private final KeyKind kind;
    private final PrivateKey key;

    private SigningKey(KeyKind kind, PrivateKey key) {
        this.kind = kind;
        this.key = key;
    }

    /**
     * Reads a key in PEM (PKCS#8, not encrypted).
     *
     * @throws ChartreuseException where the file holds none that can sign
     */
    public static SigningKey read(Path file) {
        return of(Pem.read(file), file.toString());
    }

    /**
     * The same for a key in a text.
     *
     * @param file where it comes from, for messages
     * @throws ChartreuseException if it is not a key that can sign
     */
    public static SigningKey of(String text, String file) {
        Pem pem = Pem.of(text, file);
        refuseOthers(pem.label(), file);
        return Arrays.stream(KeyKind.values())
                .flatMap(kind -> kind.privateKey(pem.content()).stream().map(key -> new SigningKey(kind, key)))
                .findFirst()
                .orElseThrow(() -> Pem.unusable(
                        file + " is not a private key of a kind that approves",
                        "Make one: openssl genpkey -algorithm ed25519 -out approver.key"));
    }

    private static void refuseOthers(String label, String file) {
        if (label.contains("ENCRYPTED")) {
            throw Pem.unusable(
                    file + " is encrypted, and Chartreuse asks for no passphrases",
                    "Sign the plan's id with the tool that can open it, and hand the signature over: "
                            + "printf %s PLAN_ID > id; cosign sign-blob --key "
                            + Path.of(file).getFileName()
                            + " --bundle signature id; chartreuse approve … --signature signature");
        }
        if (label.equals("EC PRIVATE KEY")) {
            throw Pem.unusable(
                    file + " is not PKCS#8",
                    "Convert it: openssl pkcs8 -topk8 -nocrypt -in "
                            + Path.of(file).getFileName() + " -out approver.key");
        }
        if (!label.equals("PRIVATE KEY")) {
            throw Pem.unusable(file + " is not a private key, but: " + label, "Name the file of the private key.");
        }
    }

    /** The signature of a plan's id. */
    public byte[] sign(String planId) {
        try {
            Signature signature = Signature.getInstance(kind.signature());
            signature.initSign(key);
            signature.update(planId.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with " + kind.signature(), e);
        }
    }
}
