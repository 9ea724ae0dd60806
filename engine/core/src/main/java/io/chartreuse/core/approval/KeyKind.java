package io.chartreuse.core.approval;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of keys that approve. */
enum KeyKind {
    ED25519("Ed25519", "Ed25519"),
    ECDSA_P256("EC", "SHA256withECDSA");

    private final String algorithm;
    private final String signature;

    KeyKind(String algorithm, String signature) {
        this.algorithm = algorithm;
        this.signature = signature;
    }

    /** The name of Java's signature scheme. */
    String signature() {
        return signature;
    }

    /** How the scheme may be used: Ed25519 also signs a digest (Ed25519ph), as tools do that sign large files. */
    List<Optional<AlgorithmParameterSpec>> schemes() {
        return this == ED25519
                ? List.of(Optional.empty(), Optional.of(new EdDSAParameterSpec(true)))
                : List.of(Optional.empty());
    }

    /** The key, where it is one of this kind, and encoded in the one way that there is: else one key could count twice. */
    Optional<PublicKey> publicKey(byte[] spki) {
        try {
            PublicKey key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
            boolean holds = fits(key)
                    && Arrays.equals(spki, key.getEncoded())
                    && (this != ED25519 || Ed25519Encoding.isKey(spki));
            return holds ? Optional.of(key) : Optional.empty();
        } catch (GeneralSecurityException other) {
            return Optional.empty();
        }
    }

    /** The key, where it is one of this kind. */
    Optional<PrivateKey> privateKey(byte[] pkcs8) {
        try {
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return fits(key) ? Optional.of(key) : Optional.empty();
        } catch (GeneralSecurityException other) {
            return Optional.empty();
        }
    }

    /** Whether these bytes have the form of a signature; the platform takes others as well. */
    boolean isSignature(byte[] signature) {
        return this == ED25519 ? Ed25519Encoding.isSignature(signature) : EcdsaEncoding.isSignature(signature);
    }

    private boolean fits(Object key) throws GeneralSecurityException {
        return this == ED25519 || key instanceof ECKey curve && isP256(curve.getParams());
    }

    private static boolean isP256(ECParameterSpec curve) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec wanted = parameters.getParameterSpec(ECParameterSpec.class);
        BigInteger order = wanted.getOrder();
        return order.equals(curve.getOrder()) && wanted.getCurve().equals(curve.getCurve());
    }
}
