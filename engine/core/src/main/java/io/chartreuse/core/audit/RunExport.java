package io.chartreuse.core.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.run.ExportFailure;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Secrets;
import io.chartreuse.spi.text.DurationText;
import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/**
 * Hands runs on to where who may write the record cannot write, as {@code audit export} prints them: when a run begins or goes
 * on, and when it ends. A failure is reported and recorded in the run, and does not stop it.
 */
public final class RunExport {

    /** A receiver has so long; the run waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Optional<Path> file;
    private final Optional<Webhook> webhook;
    private final Optional<String> digest;
    private final Duration patience;

    private record Webhook(URI url, Optional<JsonNode> token, Secrets secrets) {}

    private RunExport(Optional<Path> file, Optional<Webhook> webhook, Optional<String> digest, Duration patience) {
        this.patience = patience;
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
                Optional.of(sink).filter(JsonNode::isObject).map(set -> Sha256.of(CanonicalJson.write(set))),
                PATIENCE);
    }

    /** The same, where a receiver has so long. */
    RunExport within(Duration time) {
        return new RunExport(file, webhook, digest, time);
    }

    /** Whether runs are exported. */
    public boolean isSet() {
        return file.isPresent() || webhook.isPresent();
    }

    /** The digest of the setting, so that a change is noticed; empty where it is not set. */
    public Optional<String> digest() {
        return digest;
    }

    /**
     * Takes what one process writes of its runs, and gives the failures to export it.
     *
     * @param report gets each failure as a warning
     */
    Function<Artifact, List<ExportFailure>> exporter(Consumer<String> report) {
        Set<String> begun = new HashSet<>();
        return run -> {
            RecordedRun recorded = RecordedRun.of(run);
            boolean ended = recorded.document().has("endedAt");
            if (!begun.add(run.id()) && !ended) {
                return List.of();
            }
            List<ExportFailure> failures = export(recorded, ended);
            failures.forEach(failure -> report.accept("warning: the export of run " + run.id() + " " + failure.words()
                    + "; the run does not stop for it, and its record says so"));
            return failures;
        };
    }

    private interface Export {
        void run() throws IOException, InterruptedException;
    }

    /** One receiver that fails keeps no other from getting it. */
    private List<ExportFailure> export(RecordedRun run, boolean ended) {
        List<ExportFailure> failures = new ArrayList<>();
        file.flatMap(path -> problem(() -> append(path, run.line())))
                .ifPresent(problem -> failures.add(new ExportFailure("audit.sink.file", problem, ended)));
        webhook.flatMap(hook -> problem(() -> post(hook, run.line())))
                .ifPresent(problem -> failures.add(new ExportFailure("audit.sink.webhook", problem, ended)));
        return failures;
    }

    /**
     * Why it failed. Only words that cannot quote a secret: a webhook's url or token may stand in a message of the library that could
     * not use it, and what a receiver answers may repeat them.
     */
    private static Optional<String> problem(Export export) {
        try {
            export.run();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the run was interrupted");
        } catch (Refused | FileSystemException | SSLException e) {
            return Optional.of(kind(e) + SafeText.plain(String.valueOf(e.getMessage())));
        } catch (ChartreuseException e) {
            return Optional.of(SafeText.plain(e.diagnostics().get(0).summary()));
        } catch (IOException | RuntimeException e) {
            return Optional.of(e.getClass().getSimpleName());
        }
    }

    private static String kind(IOException e) {
        return e instanceof Refused ? "" : e.getClass().getSimpleName() + ": ";
    }

    /** The webhook's answer is not that it has the run. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
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

    /** Not the request's own time-out: on the JDKs before 26 it ends with the headers, and a body may come for ever. */
    private void post(Webhook webhook, String line) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.url())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(line));
        webhook.token()
                .map(reference -> webhook.secrets().resolve(reference).reveal())
                .ifPresent(token -> request.header("Authorization", "Bearer " + token));
        int status = await(client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding()))
                .statusCode();
        if (status < 200 || status > 299) {
            throw new Refused("the webhook answered " + status);
        }
    }

    private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> pending)
            throws IOException, InterruptedException {
        try {
            return pending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Refused("the webhook's answer did not end within " + DurationText.of(patience));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pending.cancel(true);
        }
    }
}
