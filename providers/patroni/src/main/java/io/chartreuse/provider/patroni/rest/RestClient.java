package io.chartreuse.provider.patroni.rest;

import io.chartreuse.provider.patroni.rest.Reply.Answer;
import io.chartreuse.provider.patroni.rest.Reply.Silence;
import io.chartreuse.spi.DurationText;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GET with time-outs. Follows no redirect, so that an endpoint cannot send us elsewhere. Safe for several threads. */
public final class RestClient {

    private static final Logger LOG = LoggerFactory.getLogger(RestClient.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Duration answerTimeout;

    /** With 2 s to connect and 5 s for an answer. */
    public RestClient() {
        this(CONNECT_TIMEOUT, ANSWER_TIMEOUT);
    }

    /** @param answerTimeout from the request to the last byte of the answer */
    public RestClient(Duration connectTimeout, Duration answerTimeout) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .build();
        this.answerTimeout = answerTimeout;
    }

    Reply get(URI uri) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Accept", "application/json").build();
        // Not HttpRequest.timeout: on the JDKs before 26 it ends with the headers, and a body may come for ever.
        CompletableFuture<HttpResponse<String>> pending =
                client.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            HttpResponse<String> response = pending.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            return new Silence("no answer within " + DurationText.of(answerTimeout), true);
        } catch (ExecutionException e) {
            LOG.debug("GET {}", uri, e.getCause());
            return silence(e.getCause());
        } finally {
            pending.cancel(true);
        }
    }

    private static Silence silence(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return new Silence("no connection in time", false);
        }
        if (cause instanceof ConnectException) {
            return new Silence(isUnknownHost(cause) ? "unknown host" : "connection refused", false);
        }
        if (cause instanceof SSLException) {
            return new Silence("TLS failed: " + cause.getMessage(), false);
        }
        return new Silence("connection closed without an answer", true);
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
