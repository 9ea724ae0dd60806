package io.chartreuse.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.run.ExportFailure;
import io.chartreuse.spi.backend.Artifact;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Receivers that misbehave keep no run waiting. */
class RunExportTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String RUN = """
            {"formatVersion": "1.7", "id": "r", "planId": "sha256:%s", "release": {"name": "till"},
             "chartreuseVersion": "1", "actor": {"user": "ada", "host": "laptop", "pid": 7},
             "startedAt": "2026-11-22T07:00:00Z", "endedAt": "2026-11-22T07:00:09Z", "outcome": "succeeded", "entries": []}
            """.formatted("ab".repeat(32));

    @Test
    void anAnswerWithoutAnEndIsNotAwaited() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(new byte[1024]);
                    body.flush();
                }
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            RunExport export = RunExport.of(
                            Json.read("{\"webhook\": {\"url\": \"" + url + "\"}}"), Path.of(""), reference -> {
                                throw new AssertionError("no secret is needed");
                            })
                    .within(Duration.ofMillis(500));
            Artifact run = new Artifact("r", "till", "1.7", Instant.parse("2026-11-22T07:00:00Z"), RUN, "1");
            List<ExportFailure> failures = assertTimeoutPreemptively(
                    SOON, () -> export.exporter(warning -> {}).apply(run));
            assertEquals(
                    List.of(new ExportFailure(
                            "audit.sink.webhook", "the webhook's answer did not end within 500ms", true)),
                    failures);
        } finally {
            server.stop(0);
        }
    }
}
