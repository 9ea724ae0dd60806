package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** A server that comes up together with the release. */
class ArrivalTest {

    private final TestDatabase database = new TestDatabase().tables(1);

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String at(int port) {
        String url = database.settings.get("url").asText();
        return "jdbc:postgresql://127.0.0.1:" + port + url.substring(url.lastIndexOf('/'));
    }

    @Test
    void aServerThatIsNotThereYetIsWaitedFor() throws Exception {
        int port = freePort();
        database.settings.put("url", at(port)).put("waitAvailable", "2m");
        try (Provider provider = TestDatabase.provider(Map.of("main", database))) {
            CompletableFuture<List<Resource>> waiting =
                    CompletableFuture.supplyAsync(provider::refresh, TestDatabase.OWN_THREAD);
            Assertions.assertThrows(TimeoutException.class, () -> waiting.get(1, TimeUnit.SECONDS));
            try (Proxy server = new Proxy(port, TestServer.port())) {
                assertEquals(1, waiting.get(1, TimeUnit.MINUTES).size(), () -> "behind port " + server.port());
            }
        }
    }

    @Test
    void theWaitIsBounded() throws IOException {
        database.settings.put("url", at(freePort())).put("waitAvailable", "300ms");
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> Findings.thrown("postgres.unreachable", database::refresh));
    }

    @Test
    void aServerThatAnswersNoIsNotWaitedFor() {
        database.settings.put("waitAvailable", "1h").putObject("password").put("env", "WRONG");
        assertFalse(assertTimeoutPreemptively(
                        Duration.ofMinutes(1), () -> Findings.thrown("postgres.credentials-refused", database::refresh))
                .summary()
                .isEmpty());
    }
}
