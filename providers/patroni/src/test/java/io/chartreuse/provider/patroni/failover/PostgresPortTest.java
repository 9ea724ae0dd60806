package io.chartreuse.provider.patroni.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PostgresPortTest {

    @ParameterizedTest
    @CsvSource({"N, true", "S, true", "E, true", "H, false", "'', false"})
    void whoAnswersAsPostgresqlDoesIsAlive(String answer, boolean alive) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(
                    () -> serve(server, answer), command -> new Thread(command, "server").start());

            assertEquals(alive, PostgresPort.answers("127.0.0.1:" + server.getLocalPort()));
            served.join();
        }
    }

    /** A PostgreSQL whose processes are all stopped does not answer either, although its kernel accepts connections. */
    @Test
    void whoAcceptsAndIsSilentIsNot() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFalse(PostgresPort.answers("127.0.0.1:" + server.getLocalPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "127.0.0.1", "host.invalid:5432", "::"})
    void whereNobodyIsNothingAnswers(String address) {
        assertFalse(PostgresPort.answers(address));
    }

    private static void serve(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().readNBytes(8);
            socket.getOutputStream().write(answer.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
