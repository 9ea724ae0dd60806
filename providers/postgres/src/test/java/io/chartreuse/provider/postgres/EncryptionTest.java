package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Diagnostic;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The driver's TLS modes against a server with a self-signed certificate for {@code localhost}. */
@Timeout(120)
class EncryptionTest {

    private static final char[] STORE = "storepass".toCharArray();

    @TempDir
    static Path keys;

    private static EmbeddedPostgres server;

    private final TestDatabase database = new TestDatabase().tables(1);

    @BeforeAll
    static void startServer() throws Exception {
        certificate("server");
        certificate("other");
        server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", keys.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", keys.resolve("server.key").toString())
                .start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Test
    void aRelativePathOfACertificateStartsAtTheConfiguration() throws IOException {
        Files.copy(keys.resolve("server.crt"), database.directory.resolve("root.crt"));
        connect("localhost", "sslmode=verify-full&sslrootcert=root.crt");

        assertEquals("1 migration is pending", database.refresh().reason());
    }

    @Test
    void aServerThatAnotherAuthoritySignedIsNamedWithTheSettingThatMendsIt() throws IOException {
        Files.copy(keys.resolve("other.crt"), database.directory.resolve("root.crt"));
        connect("localhost", "sslmode=verify-ca&sslrootcert=root.crt");

        assertTrue(refused().remedy().contains("sslrootcert"), refused().remedy());
    }

    @Test
    void aCertificateOfAnotherHostIsNamedAsSuch() throws IOException {
        Files.copy(keys.resolve("server.crt"), database.directory.resolve("root.crt"));
        connect("127.0.0.1", "sslmode=verify-full&sslrootcert=root.crt");

        assertTrue(refused().remedy().contains("Use a host name"), refused().toString());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        connect("localhost", "sslmode=verify-ca&sslrootcert=nowhere.crt");

        assertTrue(
                refused()
                        .summary()
                        .contains(database.directory.resolve("nowhere.crt").toString()),
                refused().summary());
    }

    private Diagnostic refused() {
        return Findings.thrown("postgres.encryption-failed", database::refresh);
    }

    private void connect(String host, String parameters) {
        ObjectNode settings = database.settings;
        settings.put("url", "jdbc:postgresql://" + host + ":" + server.getPort() + "/postgres?" + parameters)
                .put("user", "postgres");
    }

    /** Creates a self-signed certificate as PEM with the JDK's own tool. */
    private static void certificate(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = keys.resolve(name + ".p12");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        name,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-ext",
                        "bc:c",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(STORE))
                .start()
                .waitFor();
        assertEquals(0, exit);
        KeyStore pairs = KeyStore.getInstance(store.toFile(), STORE);
        pem(name + ".crt", "CERTIFICATE", pairs.getCertificate(name).getEncoded());
        pem(name + ".key", "PRIVATE KEY", pairs.getKey(name, STORE).getEncoded());
    }

    private static void pem(String name, String kind, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder().encodeToString(content);
        Path file = keys.resolve(name);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
