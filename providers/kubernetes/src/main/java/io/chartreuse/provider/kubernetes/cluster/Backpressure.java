package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers until when the server asked to be left alone ({@code Retry-After}): that holds for all who try again. */
final class Backpressure implements Interceptor {

    /** A server that asks for more than our budget is asked again before, once. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.code() == 429 || response.code() == 503) {
            long seconds = seconds(response.header("Retry-After"));
            long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            quietUntil.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
        }
    }

    /** How long it is still to be left alone. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, quietUntil.get() - System.nanoTime()));
    }

    private static long seconds(String header) {
        try {
            return header == null ? 0 : Math.min(LONGEST.toSeconds(), Math.max(0, Long.parseLong(header.trim())));
        } catch (NumberFormatException date) {
            return 1;
        }
    }
}
