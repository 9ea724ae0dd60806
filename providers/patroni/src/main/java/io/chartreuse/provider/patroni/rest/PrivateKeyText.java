package io.chartreuse.provider.patroni.rest;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key in PEM (PKCS #8, not encrypted). */
final class PrivateKeyText {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PrivateKeyText() {}

    /** @throws GeneralSecurityException where it is not a private key; the message says nothing of the text */
    static PrivateKey read(String text) throws GeneralSecurityException {
        Matcher matcher = PEM.matcher(text);
        if (!matcher.find()) {
            throw new GeneralSecurityException("not an unencrypted PKCS #8 key");
        }
        byte[] key = Base64.getMimeDecoder().decode(matcher.group(1));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
            } catch (InvalidKeySpecException next) {
                continue;
            }
        }
        throw new GeneralSecurityException("a key of an unknown algorithm");
    }
}
