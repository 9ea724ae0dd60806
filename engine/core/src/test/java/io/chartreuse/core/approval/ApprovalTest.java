package io.chartreuse.core.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.model.ChartreuseException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApprovalTest {

    private static final String PLAN = "sha256:" + "ab".repeat(32);
    private static final String OTHER = "sha256:" + "cd".repeat(32);

    @TempDir
    Path directory;

    private static KeyPair ed25519() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static KeyPair ecdsa(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + label + "-----\n";
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private SigningKey signing(KeyPair pair) throws IOException {
        return SigningKey.read(
                file("approver.key", pem("PRIVATE KEY", pair.getPrivate().getEncoded())));
    }

    private static ApprovalKey publicKey(KeyPair pair) {
        return ApprovalKey.of(pem("PUBLIC KEY", pair.getPublic().getEncoded()), "the key", "");
    }

    private void assertUnusable(String why, String label, byte[] content) throws IOException {
        Path file = file("some.key", pem(label, content));
        String said = assertThrows(ChartreuseException.class, () -> SigningKey.read(file))
                .getMessage();
        assertTrue(said.contains(why), said);
        assertFalse(said.contains(Base64.getEncoder().encodeToString(content).substring(0, 20)), said);
    }

    @Test
    void bothKindsOfKeysSignOnePlanAndNoOther() throws Exception {
        for (KeyPair pair : new KeyPair[] {ed25519(), ecdsa("secp256r1")}) {
            byte[] signature = signing(pair).sign(PLAN);
            assertTrue(publicKey(pair).verifies(PLAN, signature));
            assertFalse(publicKey(pair).verifies(OTHER, signature));
            assertFalse(publicKey(ed25519()).verifies(PLAN, signature));
            assertFalse(publicKey(pair).verifies(PLAN, new byte[0]));
        }
    }

    @Test
    void aFileOfTheIdMayEndItsLine() throws Exception {
        KeyPair pair = ecdsa("secp256r1");
        assertTrue(publicKey(pair).verifies(PLAN, signing(pair).sign(PLAN + "\n")));
        assertFalse(publicKey(pair).verifies(PLAN, signing(pair).sign(PLAN + "\n\n")));
    }

    @Test
    void keysThatCannotSignAreRefusedWithoutBeingShown() throws Exception {
        byte[] key = ed25519().getPrivate().getEncoded();
        assertUnusable("is encrypted", "ENCRYPTED PRIVATE KEY", key);
        assertUnusable("is encrypted", "ENCRYPTED SIGSTORE PRIVATE KEY", key);
        assertUnusable("is not PKCS#8", "EC PRIVATE KEY", key);
        assertUnusable(
                "is not a private key", "PUBLIC KEY", ed25519().getPublic().getEncoded());
        assertUnusable(
                "of a kind", "PRIVATE KEY", ecdsa("secp384r1").getPrivate().getEncoded());
    }

    @Test
    void aPrivateKeyInTheConfigurationIsRefusedWithoutBeingShown() throws Exception {
        String pem = pem("PRIVATE KEY", ed25519().getPrivate().getEncoded());
        String said = assertThrows(ChartreuseException.class, () -> ApprovalKey.of(pem, "approvals.keys[0]", ""))
                .getMessage();
        assertTrue(said.contains("approvals.keys[0] is a private key"), said);
        assertFalse(said.contains(pem.lines().skip(1).findFirst().orElseThrow()), said);
    }

    @Test
    void aPublicKeyOfAnotherKindIsRefused() throws Exception {
        KeyPair pair = ecdsa("secp384r1");
        assertThrows(ChartreuseException.class, () -> publicKey(pair));
        assertThrows(ChartreuseException.class, () -> ApprovalKey.of("ssh-ed25519 AAAA", "the key", ""));
    }

    private static byte[] spki(String point) {
        return HexFormat.of().parseHex("302a300506032b6570032100" + point);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void aPointThatNoPrivateKeyHasIsNoKey(String point) {
        assertThrows(
                ChartreuseException.class, () -> ApprovalKey.of(pem("PUBLIC KEY", spki(point)), "the key", ""), point);
    }

    @Test
    void aKeyIsEncodedInOneWayOnly() throws Exception {
        for (KeyPair pair : List.of(ed25519(), ecdsa("secp256r1"))) {
            byte[] key = pair.getPublic().getEncoded();
            byte[] longer = Arrays.copyOf(key, key.length + 2);
            byte[] longForm = ByteBuffer.allocate(key.length + 1)
                    .put(key[0])
                    .put((byte) 0x81)
                    .put(key, 1, key.length - 1)
                    .array();

            assertEquals(Optional.empty(), ApprovalKey.ofEncoded(longer));
            assertEquals(Optional.empty(), ApprovalKey.ofEncoded(longForm));
            assertTrue(ApprovalKey.ofEncoded(key).isPresent());
        }
    }

    @Test
    void signaturesThatNoSignerMakesDoNotHold() throws Exception {
        ApprovalKey edwards = publicKey(ed25519());
        byte[] identity = new byte[64];
        identity[0] = 1;
        assertFalse(edwards.verifies(PLAN, new byte[64]));
        assertFalse(edwards.verifies(PLAN, identity));

        KeyPair pair = ecdsa("secp256r1");
        byte[] der = signing(pair).sign(PLAN);
        assertTrue(EcdsaEncoding.isSignature(der));
        assertFalse(EcdsaEncoding.isSignature(HexFormat.of().parseHex("3006020100020100")));
        assertFalse(EcdsaEncoding.isSignature(HexFormat.of().parseHex("300702020001020101")));
        assertFalse(EcdsaEncoding.isSignature(HexFormat.of().parseHex("3006020101020101" + "00")));
        assertFalse(EcdsaEncoding.isSignature(HexFormat.of().parseHex("30060201ff020101")));
        assertFalse(publicKey(pair).verifies(PLAN, Arrays.copyOf(der, der.length + 1)));
        assertFalse(publicKey(pair).verifies(PLAN, HexFormat.of().parseHex("3006020100020100")));
    }

    @Test
    void theNumberOfAnEdwardsSignatureIsBelowTheOrder() throws Exception {
        KeyPair pair = ed25519();
        byte[] signature = signing(pair).sign(PLAN);
        byte[] malleable = signature.clone();
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] reversed = new byte[32];
        for (int i = 0; i < 32; i++) {
            reversed[i] = signature[63 - i];
        }
        byte[] sum = new BigInteger(1, reversed).add(order).toByteArray();
        for (int i = 0; i < 32; i++) {
            malleable[63 - i] = i < 32 - sum.length ? 0 : sum[i - (32 - sum.length)];
        }

        assertTrue(publicKey(pair).verifies(PLAN, signature));
        assertFalse(publicKey(pair).verifies(PLAN, malleable));
    }

    @Test
    void anApprovalIsReadOnlyWhereItsSignatureHolds() throws Exception {
        KeyPair pair = ed25519();
        String signature = Base64.getEncoder().encodeToString(signing(pair).sign(PLAN));
        Approval approval =
                new Approval(PLAN, publicKey(pair), signature, Instant.parse("2026-11-22T07:00:00Z"), "ada");
        Artifact artifact = approval.artifact("shop");
        assertEquals(Optional.of(approval), Approval.of(artifact));
        assertEquals(
                Optional.empty(), Approval.of(with(artifact, artifact.content().replace(PLAN, OTHER))));
        assertEquals(Optional.empty(), Approval.of(with(artifact, "{}")));
        assertEquals(Optional.empty(), Approval.of(with(artifact, "no JSON")));
    }

    private static Artifact with(Artifact artifact, String content) {
        return new Artifact(artifact.id(), artifact.release(), "1.0", artifact.createdAt(), content, "");
    }

    @Test
    void signaturesOfCosignAreReadFromTextAndBundle() throws Exception {
        byte[] signature = signing(ecdsa("secp256r1")).sign(PLAN);
        String base64 = Base64.getEncoder().encodeToString(signature);
        assertEquals(base64, read(base64 + "\n"));
        assertEquals(base64, read("{\"base64Signature\": \"" + base64 + "\"}"));
        assertEquals(base64, read("{\"messageSignature\": {\"signature\": \"" + base64 + "\"}}"));
        for (String none : new String[] {"", "{}", "{", "no Base64!"}) {
            assertThrows(ChartreuseException.class, () -> read(none), none);
        }
    }

    private String read(String text) throws IOException {
        return Base64.getEncoder().encodeToString(SignatureFile.read(file("signature", text)));
    }
}
