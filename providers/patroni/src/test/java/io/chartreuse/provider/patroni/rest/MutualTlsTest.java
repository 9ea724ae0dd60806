package io.chartreuse.provider.patroni.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.provider.patroni.settings.Endpoint;
import io.chartreuse.provider.patroni.settings.RestSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A REST API that demands a client's certificate and a password, as Patroni does with {@code verify_client: required}.
 */
@Timeout(60)
class MutualTlsTest {

    private static final ObjectNode PATCH =
            JsonNodeFactory.instance.objectNode().put("pause", true);
    private static final String PASSWORD = "mArk3d S\"ecr'et";

    @TempDir
    private static Path directory;

    private static Identity known;
    private static Identity stranger;
    private static GuardedApi server;

    @BeforeAll
    static void start() throws Exception {
        Identity own = Identity.make(directory, "server");
        known = Identity.make(directory, "known");
        stranger = Identity.make(directory, "stranger");
        server = new GuardedApi(own, known, "patroni", PASSWORD);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whoShowsACertificateAndAPasswordIsLetIn() throws Exception {
        ConfigReply reply = api(Optional.of(known), PASSWORD).patch(PATCH);

        assertEquals(List.of(), reply.problems());
        assertTrue(reply.config().orElseThrow().isPaused());
    }

    @Test
    void withoutACertificateNobodyIs() throws Exception {
        refused(api(Optional.empty(), PASSWORD).patch(PATCH));
    }

    @Test
    void withSomebodyElsesNobodyIs() throws Exception {
        refused(api(Optional.of(stranger), PASSWORD).patch(PATCH));
    }

    @Test
    void aWrongPasswordIsToldAsSuchAndNeitherIsShown() throws Exception {
        ConfigReply reply = api(Optional.of(known), "wr0ngMark3d").patch(PATCH);

        assertEquals(
                List.of("PATCH " + server.url() + "/config: HTTP 401, it asks for rest.user and rest.password"),
                reply.problems());
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsToldWithoutAWordOfIt() throws Exception {
        Identity mixed = new Identity(known.store(), known.certificate(), "-----BEGIN PRIVATE KEY-----\nhush\n");
        ChartreuseException problem = assertThrows(
                ChartreuseException.class,
                () -> api(Optional.of(mixed), PASSWORD).patch(PATCH));

        assertEquals(PatroniError.TLS_UNUSABLE, problem.diagnostics().get(0).code());
        assertFalse(problem.toString().contains("hush"), problem::toString);
    }

    @Test
    void aKeyOfAnotherCertificateLetsNobodyIn() throws Exception {
        Identity mixed = new Identity(known.store(), known.certificate(), stranger.key());

        refused(api(Optional.of(mixed), PASSWORD).patch(PATCH));
    }

    private static void refused(ConfigReply reply) {
        assertEquals(Optional.empty(), reply.config());
        String problem = reply.problems().get(0);
        assertTrue(problem.startsWith("PATCH " + server.url() + "/config: "), problem);
        assertTrue(problem.endsWith(" (see rest.authorities and rest.certificate)"), problem);
        assertFalse(problem.contains(PASSWORD), problem);
    }

    private static PatroniApi api(Optional<Identity> identity, String password) throws IOException {
        RestSettings settings = new RestSettings(
                Optional.of(server.authority()),
                identity.map(Identity::certificate),
                identity.map(own -> reference("key")),
                Optional.of("patroni"),
                Optional.of(reference("password")),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
        return new PatroniApi(
                List.of(Endpoint.parse(server.url())),
                new RestClient(
                        settings,
                        asked -> new Secret(
                                asked.path("env").asText().equals("key")
                                        ? identity.orElseThrow().key()
                                        : password)));
    }

    private static JsonNode reference(String name) {
        return JsonNodeFactory.instance.objectNode().put("env", name);
    }
}
