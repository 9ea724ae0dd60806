package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers the server's {@code Retry-After}, which holds for all requests that are tried again. */
final class Backpressure implements Interceptor {

    /** The longest {@code Retry-After} that is honoured; after that time the request is tried once more. */
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

    /** The rest of the pause that the server asked for. */
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
