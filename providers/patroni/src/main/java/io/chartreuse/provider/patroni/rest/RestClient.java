package io.chartreuse.provider.patroni.rest;

import io.chartreuse.provider.patroni.rest.Reply.Answer;
import io.chartreuse.provider.patroni.rest.Reply.Cause;
import io.chartreuse.provider.patroni.rest.Reply.Silence;
import io.chartreuse.provider.patroni.settings.Endpoint;
import io.chartreuse.provider.patroni.settings.RestSettings;
import io.chartreuse.spi.model.Secrets;
import io.chartreuse.spi.text.DurationText;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GET and PATCH with time-outs. Follows no redirect, so that an endpoint cannot send the client elsewhere, and sends
 * its password only to the endpoints of the configuration. Safe for several threads.
 */
public final class RestClient {

    private static final Logger LOG = LoggerFactory.getLogger(RestClient.class);

    private static final int MEBIBYTE = 1024 * 1024;

    private static final String TLS_HINT = " (see rest.authorities and rest.certificate)";
    private static final String PLAIN_HINT = " (where it wants TLS, write https://)";

    private final RestSettings settings;
    private final Secrets secrets;
    private HttpClient client;

    /** Reads no file: certificates and secrets are read when they are needed. */
    public RestClient(RestSettings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /** Asks a server that the configuration does not name: a member's own URL. */
    Reply get(URI uri) throws InterruptedException {
        return await(start(request(uri).build()));
    }

    /** @throws io.chartreuse.spi.model.ChartreuseException where a certificate or secret cannot be read */
    Reply get(Endpoint endpoint, String path) throws InterruptedException {
        return await(asking(endpoint, path));
    }

    /**
     * Starts the request: the reply comes within the time-outs, and never as an exception. A caller that no longer
     * waits for it cancels it.
     */
    CompletableFuture<Reply> asking(Endpoint endpoint, String path) {
        return start(identified(request(endpoint.at(path))).build());
    }

    /** Sends a change once. No answer does not mean that nothing was changed. */
    Reply patch(Endpoint endpoint, String path, String body) throws InterruptedException {
        return await(start(identified(request(endpoint.at(path)))
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body))
                .build()));
    }

    private static Reply await(CompletableFuture<Reply> asked) throws InterruptedException {
        return Replies.await(Map.of("", asked), reply -> true).get("");
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).header("Accept", "application/json");
    }

    /**
     * Sends the credentials at once: Patroni asks for them only when it changes something, and then closes the
     * connection.
     */
    private HttpRequest.Builder identified(HttpRequest.Builder request) {
        settings.user().ifPresent(user -> request.header("Authorization", "Basic " + credentials(user)));
        return request;
    }

    private String credentials(String user) {
        String password = settings.password()
                .map(reference -> secrets.resolve(reference).reveal())
                .orElse("");
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private synchronized HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(settings.connectTimeout());
            if (settings.hasCertificates()) {
                builder.sslContext(new Certificates(settings, secrets).context());
            }
            client = builder.build();
        }
        return client;
    }

    /**
     * Bounds headers and body. Before JDK 26, HttpRequest.timeout ends with the headers, and a body could take for
     * ever.
     */
    private CompletableFuture<Reply> start(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> pending = client().sendAsync(request, ReplyBody::of);
        CompletableFuture<Reply> reply = pending.copy()
                .orTimeout(settings.answerTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> failure == null
                        ? new Answer(response.statusCode(), response.body())
                        : silence(request, failure));
        reply.whenComplete((answer, cancelled) -> pending.cancel(true));
        return reply;
    }

    private Silence silence(HttpRequest request, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return new Silence("no answer within " + DurationText.of(settings.answerTimeout()), Cause.SILENT);
        }
        LOG.debug("{} {}", request.method(), request.uri(), cause);
        if (isTooLarge(cause)) {
            return new Silence("its answer is larger than " + ReplyBody.LARGEST / MEBIBYTE + " MiB", Cause.SILENT);
        }
        return silence(cause, request.uri());
    }

    private static Silence silence(Throwable cause, URI uri) {
        if (cause instanceof HttpConnectTimeoutException) {
            return new Silence("no connection in time", Cause.NOBODY);
        }
        if (cause instanceof ConnectException) {
            return new Silence(
                    isUnknownHost(cause) ? "host " + uri.getHost() + " is unknown (DNS)" : "connection refused",
                    Cause.NOBODY);
        }
        if (cause instanceof SSLException) {
            return new Silence("TLS failed: " + cause.getMessage() + TLS_HINT, Cause.TLS);
        }
        // With TLS 1.3, a client learns only after the handshake that its certificate was refused.
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        return new Silence("connection closed without an answer" + (secure ? TLS_HINT : PLAIN_HINT), Cause.SILENT);
    }

    private static boolean isTooLarge(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(ReplyBody.TooLarge.class::isInstance);
    }

    private static boolean isUnknownHost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
