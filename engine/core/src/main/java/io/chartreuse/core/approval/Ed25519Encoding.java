package io.chartreuse.core.approval;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;

/**
 * The encodings of Ed25519 (RFC 8032) that Chartreuse accepts: each point and each number has only one encoding, and a
 * point of small order is not a public key. The Java platform accepts others, for example keys under which anyone can
 * make a valid signature without the private key.
 */
final class Ed25519Encoding {

    private static final int POINT = 32;

    /** The prime of the field. */
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** The order of the base point. */
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /** The y of the eight points whose order divides eight. */
    private static final Set<BigInteger> SMALL = Set.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            P.subtract(BigInteger.ONE),
            new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16),
            new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16));

    private Ed25519Encoding() {}

    /** Whether the last 32 bytes of an encoded key are a point that a private key can have. */
    static boolean isKey(byte[] spki) {
        return spki.length >= POINT && isPoint(Arrays.copyOfRange(spki, spki.length - POINT, spki.length));
    }

    /** Whether these bytes are a signature as a signer makes one: R of large order, and 0 &lt; S &lt; L. */
    static boolean isSignature(byte[] signature) {
        if (signature.length != 2 * POINT) {
            return false;
        }
        BigInteger s = number(Arrays.copyOfRange(signature, POINT, 2 * POINT));
        return isPoint(Arrays.copyOf(signature, POINT)) && s.signum() > 0 && s.compareTo(L) < 0;
    }

    private static boolean isPoint(byte[] encoded) {
        BigInteger y = number(encoded).clearBit(255); // the sign of x
        return y.compareTo(P) < 0 && !SMALL.contains(y);
    }

    /** Little-endian. */
    private static BigInteger number(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
