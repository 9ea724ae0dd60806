package io.chartreuse.provider.kubernetes.cluster;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterAuthoritiesTest {

    @TempDir
    Path directory;

    @Test
    void theClustersOwnAuthorityIsTrustedAndNobodyElse() throws Exception {
        X509TrustManager trust = trust(text("authority-one.crt"));

        assertEquals(1, trust.getAcceptedIssuers().length, "public authorities are trusted too");
        assertDoesNotThrow(() -> trust.checkServerTrusted(new X509Certificate[] {server()}, "ECDHE_ECDSA"));
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() throws Exception {
        X509TrustManager trust = trust(text("authority-other.crt"));

        assertThrows(
                CertificateException.class,
                () -> trust.checkServerTrusted(new X509Certificate[] {server()}, "ECDHE_ECDSA"));
    }

    @Test
    void severalAuthoritiesMayStandInOneFile() throws Exception {
        assertEquals(
                2,
                trust(text("authority-one.crt") + text("authority-other.crt")).getAcceptedIssuers().length);
    }

    @Test
    void theDataInTheKubeconfigCountsAsTheFileDoes() throws Exception {
        Config config = Config.empty();
        config.setCaCertData(
                Base64.getEncoder().encodeToString(text("authority-one.crt").getBytes(StandardCharsets.UTF_8)));

        assertEquals(1, manager(config).getAcceptedIssuers().length);
    }

    @Test
    void whatCannotBeReadIsLeftToTheLibraryToRefuse() throws Exception {
        for (String content :
                new String[] {"", "not a certificate", text("authority-one.crt").substring(0, 200)}) {
            Config config = Config.empty();
            config.setCaCertFile(
                    Files.writeString(directory.resolve("ca.crt"), content).toString());
            assertTrue(ClusterAuthorities.of(config).isEmpty(), content);
        }
        assertTrue(ClusterAuthorities.of(Config.empty()).isEmpty());
    }

    @Test
    void theConfigurationDoesNotTrustEverybodyAfterwards() throws Exception {
        Config config = Config.empty();
        config.setMasterUrl("https://localhost:1");
        config.setCaCertFile(Files.writeString(directory.resolve("ca.crt"), text("authority-one.crt"))
                .toString());

        new ClusterTransport(config).newBuilder(config);

        assertFalse(config.isTrustCerts());
    }

    private X509TrustManager trust(String pem) throws IOException {
        Config config = Config.empty();
        config.setCaCertFile(Files.writeString(directory.resolve("ca.crt"), pem).toString());
        return manager(config);
    }

    private static X509TrustManager manager(Config config) {
        return (X509TrustManager) ClusterAuthorities.of(config).orElseThrow()[0];
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = ClusterAuthoritiesTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static X509Certificate server() throws IOException, CertificateException {
        try (InputStream in = ClusterAuthoritiesTest.class.getResourceAsStream("server-of-one.crt")) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
