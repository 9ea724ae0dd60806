package io.chartreuse.core.approval;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** The encoding of an ECDSA signature on P-256: a DER sequence of two numbers, of which there is one for each pair. */
final class EcdsaEncoding {

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    /** The longest is 72 bytes, so that a length always takes one byte. */
    private static final int LONGEST = 127;

    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private EcdsaEncoding() {}

    /** Whether these bytes are a signature as a signer makes one: 0 &lt; r, s &lt; n, and nothing else. */
    static boolean isSignature(byte[] der) {
        if (der.length < 2 || der.length > LONGEST || der[0] != SEQUENCE || der[1] != der.length - 2) {
            return false;
        }
        Optional<byte[]> r = number(der, 2);
        Optional<byte[]> s = r.flatMap(first -> number(der, 4 + first.length));
        return s.filter(second ->
                        6 + r.get().length + second.length == der.length && isInRange(r.get()) && isInRange(second))
                .isPresent();
    }

    private static Optional<byte[]> number(byte[] der, int at) {
        boolean there = at + 2 <= der.length && der[at] == INTEGER && der[at + 1] > 0;
        return there && at + 2 + der[at + 1] <= der.length
                ? Optional.of(Arrays.copyOfRange(der, at + 2, at + 2 + der[at + 1]))
                : Optional.empty();
    }

    /** Written with as few bytes as there can be, too. */
    private static boolean isInRange(byte[] bytes) {
        BigInteger number = new BigInteger(bytes);
        return number.signum() > 0 && number.compareTo(ORDER) < 0 && Arrays.equals(number.toByteArray(), bytes);
    }
}
