package io.chartreuse.provider.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.provider.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server in the place of the API server redirects the client elsewhere, to get the token there. */
class RedirectTest {

    @TempDir
    Path directory;

    private final List<String> elsewhere = new CopyOnWriteArrayList<>();
    private final HttpServer other = server(exchange -> {
        elsewhere.add(
                exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.sendResponseHeaders(404, -1);
        exchange.close();
    });
    private final HttpServer server = server(exchange -> {
        exchange.getResponseHeaders().add("Location", address(other) + exchange.getRequestURI());
        exchange.sendResponseHeaders(307, -1);
        exchange.close();
    });

    @AfterEach
    void stop() {
        server.stop(0);
        other.stop(0);
    }

    @Test
    void isNotFollowedAndSaidAsSuch() throws IOException {
        Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: c
                contexts:
                  - name: c
                    context: {cluster: c, user: u, namespace: shop}
                clusters:
                  - name: c
                    cluster: {server: "%s"}
                users:
                  - name: u
                    user: {token: t0ken-of-the-hook}
                """.formatted(address(server)));
        try (Provider provider = Sessions.provider(kubeconfig)) {
            ChartreuseException failure = assertThrows(ChartreuseException.class, provider::refresh);

            assertTrue(failure.getMessage().contains("redirects to another address"), failure.getMessage());
            assertEquals(List.of(), elsewhere);
        }
    }

    private static String address(HttpServer server) {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static HttpServer server(HttpHandler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", handler);
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
