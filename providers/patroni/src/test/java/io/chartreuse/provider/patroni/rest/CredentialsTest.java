package io.chartreuse.provider.patroni.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.chartreuse.provider.patroni.FakePatroni;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.provider.patroni.settings.Endpoint;
import io.chartreuse.provider.patroni.settings.RestSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The servers that the client trusts, and what it sends to each. */
@Timeout(60)
class CredentialsTest {

    private static final ObjectNode PATCH =
            JsonNodeFactory.instance.objectNode().put("pause", true);

    @TempDir
    private Path directory;

    @Test
    void thePasswordIsShownToTheEndpointsOnly() throws Exception {
        try (FakePatroni endpoint = new FakePatroni();
                FakePatroni leader = FakePatroni.leader()) {
            endpoint.answer("/cluster", 200, leader.clusterOfOne("leader", "running"))
                    .answer("/config", 200, "{}");
            ClusterView view = api(known(), endpoint.url()).look(true);

            assertTrue(view.leader().isPresent(), view::toString);
            assertEquals(List.of(), endpoint.strangers());
            assertEquals(List.of("/primary"), leader.strangers());
        }
    }

    @Test
    void whatIsRefusedIsToldWithoutThePassword() throws Exception {
        try (FakePatroni patroni = new FakePatroni()) {
            patroni.answer("/config", 401, "no auth header received");
            List<String> problems = api(known(), patroni.url()).patch(PATCH).problems();

            assertEquals(
                    List.of("PATCH " + patroni.url() + "/config: HTTP 401, it asks for rest.user and rest.password"),
                    problems);
        }
    }

    @Test
    void aChangeGoesToTheNextEndpointWhereOneDoesNotTakeIt() throws Exception {
        try (FakePatroni busy = new FakePatroni();
                FakePatroni idle = new FakePatroni()) {
            busy.answer("/config", 409, "");
            idle.answer("/config", 200, "{\"pause\": true}");

            List<String> problems =
                    api(known(), busy.url(), idle.url()).patch(PATCH).problems();

            assertEquals(1, problems.size(), problems::toString);
            assertTrue(problems.get(0).contains("HTTP 409"), problems::toString);
        }
    }

    @Test
    void acceptsTheAuthorityThatIsConfiguredAndNoOther() throws Exception {
        Path store = keyStore();
        HttpsServer server = server(store);
        String url = "https://localhost:" + server.getAddress().getPort();
        try {
            assertEquals(
                    List.of(), api(trusting(certificate(store)), url).config().problems());
            List<String> refused = api(known(), url).config().problems();
            assertTrue(refused.get(0).contains("TLS failed"), refused::toString);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aMissingAuthorityIsTheUsersToMend() {
        ChartreuseException problem = assertThrows(
                ChartreuseException.class,
                () -> api(trusting(directory.resolve("none.pem")), "https://localhost:1")
                        .config());

        assertEquals(PatroniError.TLS_UNUSABLE, problem.diagnostics().get(0).code());
        assertTrue(problem.getMessage().contains("there is no such file"), problem.getMessage());
    }

    @Test
    void readsKeysOfSeveralKindsAndRepeatsNoneThatItCannotRead() throws Exception {
        for (String kind : List.of("RSA", "EC", "Ed25519")) {
            byte[] key = KeyPairGenerator.getInstance(kind)
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            String pem = "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(key) + "\n-----END PRIVATE KEY-----\n";
            assertEquals("PKCS#8", PrivateKeyText.read(pem).getFormat());
        }
        Exception failure = assertThrows(Exception.class, () -> PrivateKeyText.read("hush"));
        assertFalse(failure.getMessage().contains("hush"));
    }

    private static RestSettings known() {
        return settings(Optional.empty());
    }

    private static RestSettings trusting(Path authorities) {
        return settings(Optional.of(authorities));
    }

    private static RestSettings settings(Optional<Path> authorities) {
        return new RestSettings(
                authorities,
                Optional.empty(),
                Optional.empty(),
                Optional.of("patroni"),
                Optional.of(JsonNodeFactory.instance.objectNode().put("env", "P")),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    private static PatroniApi api(RestSettings settings, String... urls) {
        return new PatroniApi(
                List.of(urls).stream().map(Endpoint::parse).toList(),
                new RestClient(settings, reference -> new Secret("hush")));
    }

    private Path keyStore() throws IOException, InterruptedException {
        Path store = directory.resolve("server.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        return store;
    }

    private Path certificate(Path store) throws IOException, InterruptedException {
        Path pem = directory.resolve("ca.pem");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-file",
                pem.toString());
        return pem;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    private static HttpsServer server(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, "changeit".toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/config", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
            exchange.close();
        });
        server.start();
        return server;
    }
}
