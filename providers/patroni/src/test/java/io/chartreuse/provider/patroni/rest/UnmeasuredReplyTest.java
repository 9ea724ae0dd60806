package io.chartreuse.provider.patroni.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.chartreuse.provider.patroni.settings.Endpoint;
import io.chartreuse.provider.patroni.settings.RestSettings;
import io.chartreuse.spi.model.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that behaves like Patroni's with TLS: no Content-Length, and after its reply it waits for the client to
 * close.
 */
class UnmeasuredReplyTest {

    /** Longer than any test that does not wait for it. */
    private static final Duration TOO_LONG = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static Identity own;

    private SSLServerSocket server;
    private volatile String reply = "";

    @BeforeAll
    static void identify() throws Exception {
        own = Identity.make(directory, "unmeasured");
    }

    @BeforeEach
    void start() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own.store(), Identity.STORE);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(this::serve);
        serving.setDaemon(true);
        serving.start();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().read(new byte[10_000]);
                client.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
                client.shutdownOutput();
                while (client.getInputStream().read() >= 0) {
                    // until the client closes, too
                }
            } catch (IOException e) {
                // the next one
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void endsWithItsJson() {
        reply = "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n"
                + "{\"pause\": true, \"note\": \"} ] \\\" ä\", \"more\": [{}, []]}";
        ConfigReply read = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> api().config());

        assertEquals(List.of(), read.problems());
        assertTrue(read.config().orElseThrow().isPaused());
    }

    @Test
    void aRefusalInTextIsARefusal() {
        reply =
                "HTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"patroni\"\r\nContent-Type: text/html\r\n\r\n"
                        + "not authenticated";
        ConfigReply refused = assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> api().patch(JsonNodeFactory.instance.objectNode().put("pause", true)));

        assertTrue(refused.problems().get(0).contains("HTTP 401"), refused.problems()::toString);
    }

    private PatroniApi api() {
        RestSettings settings = new RestSettings(
                Optional.of(own.certificate()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                TOO_LONG,
                TOO_LONG);
        return new PatroniApi(
                List.of(Endpoint.parse("https://localhost:" + server.getLocalPort())),
                new RestClient(settings, asked -> new Secret("none")));
    }
}
