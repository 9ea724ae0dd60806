package io.chartreuse.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.spi.Artifact;
import io.chartreuse.spi.Secrets;
import io.chartreuse.spi.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Hands runs on to where who may write the record cannot write, as {@code audit export} prints them: when a run begins or goes
 * on, and when it ends. A failure is reported and does not stop the run.
 */
public final class RunExport {

    /** A receiver has so long; the run waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Optional<Path> file;
    private final Optional<Webhook> webhook;
    private final Optional<String> digest;

    private record Webhook(URI url, Optional<JsonNode> token, Secrets secrets) {}

    private RunExport(Optional<Path> file, Optional<Webhook> webhook, Optional<String> digest) {
        this.digest = digest;
        this.file = file;
        this.webhook = webhook;
    }

    /** Reads the configuration's {@code audit.sink}, valid against the schema. @param directory where relative paths start */
    public static RunExport of(JsonNode sink, Path directory, Secrets secrets) {
        JsonNode hook = sink.path("webhook");
        return new RunExport(
                Optional.of(sink.path("file"))
                        .filter(JsonNode::isTextual)
                        .map(path -> directory.resolve(path.textValue())),
                Optional.of(hook)
                        .filter(JsonNode::isObject)
                        .map(settings -> new Webhook(
                                URI.create(settings.path("url").asText()),
                                Optional.ofNullable(settings.get("token")),
                                secrets)),
                Optional.of(sink).filter(JsonNode::isObject).map(set -> Sha256.of(CanonicalJson.write(set))));
    }

    /** Whether runs are handed on to anywhere. */
    public boolean isSet() {
        return file.isPresent() || webhook.isPresent();
    }

    /** The digest of the setting, so that a change is noticed; empty where it is not set. */
    public Optional<String> digest() {
        return digest;
    }

    /** Takes what one process writes of its runs. @param report gets the reason where one could not be handed on */
    Consumer<Artifact> exporter(Consumer<String> report) {
        Set<String> begun = new HashSet<>();
        return run -> {
            ObjectNode document = Recorded.of(run).document();
            if (begun.add(run.id()) || document.has("endedAt")) {
                export(run, report);
            }
        };
    }

    private interface Handover {
        void run() throws IOException, InterruptedException;
    }

    /** One receiver that fails keeps no other from getting it. */
    private void export(Artifact run, Consumer<String> report) {
        String line = Recorded.of(run).line();
        file.ifPresent(path -> attempt(run, "audit.sink.file", () -> append(path, line), report));
        webhook.ifPresent(hook -> attempt(run, "audit.sink.webhook", () -> post(hook, line), report));
    }

    private static void attempt(Artifact run, String setting, Handover handover, Consumer<String> report) {
        try {
            handover.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report.accept("warning: run " + run.id() + " was not handed on to " + setting + ": interrupted");
        } catch (IOException | RuntimeException e) {
            report.accept("warning: run " + run.id() + " was not handed on to " + setting
                    + ", which changes nothing about it: " + e.getClass().getSimpleName()
                    + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        }
    }

    /** The system appends whole: two processes do not write into each other's lines. */
    private static void append(Path file, String line) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void post(Webhook webhook, String line) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.url())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(line));
        webhook.token()
                .map(reference -> webhook.secrets().resolve(reference).reveal())
                .ifPresent(token -> request.header("Authorization", "Bearer " + token));
        int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status < 200 || status > 299) {
            throw new IOException("the webhook answered " + status);
        }
    }
}
