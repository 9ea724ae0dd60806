package io.chartreuse.provider.patroni.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;

/**
 * The text of a reply. Patroni does not send its length, and with TLS it waits for the client to close the connection,
 * while Java's client waits for Patroni. So a reply ends with its JSON, and a reply that is not JSON ends at most a
 * second after its headers. Its size is bounded, because an endless reply would fill the memory.
 */
final class ReplyBody implements BodySubscriber<String> {

    /** A cluster of a hundred members needs less than a hundredth of it. */
    static final int LARGEST = 4 * 1024 * 1024;

    private static final long WITHOUT_JSON_MILLIS = 1000;

    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonEnd end = new JsonEnd();
    private final boolean endless;
    private Subscription subscription;

    private ReplyBody(boolean endless) {
        this.endless = endless;
    }

    /** A {@link java.net.http.HttpResponse.BodyHandler}. */
    static BodySubscriber<String> of(ResponseInfo reply) {
        boolean json = reply.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/json"))
                .isPresent();
        boolean measured = reply.headers().firstValue("Content-Length").isPresent();
        return new ReplyBody(!json && !measured);
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        begun.request(Long.MAX_VALUE);
        if (endless) {
            CompletableFuture.delayedExecutor(WITHOUT_JSON_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(this::finish);
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> chunks) {
        for (ByteBuffer chunk : chunks) {
            while (chunk.hasRemaining() && !end.isReached() && bytes.size() <= LARGEST) {
                byte next = chunk.get();
                bytes.write(next);
                end.read(next);
            }
        }
        if (end.isReached()) {
            finish();
        } else if (bytes.size() > LARGEST && body.completeExceptionally(new TooLarge())) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        finish();
    }

    private synchronized void finish() {
        if (body.complete(bytes.toString(StandardCharsets.UTF_8))) {
            subscription.cancel();
        }
    }

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    /** The reply is larger than the bound. */
    static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1;

        TooLarge() {
            super("the reply is larger than " + LARGEST / (1024 * 1024) + " MiB");
        }
    }

    /**
     * Finds the end of a text's first object or array. In UTF-8, no part of another character looks like one of JSON's
     * signs.
     */
    private static final class JsonEnd {

        private int depth;
        private boolean quoted;
        private boolean escaped;
        private boolean reached;

        void read(byte next) {
            if (quoted) {
                quoted = escaped || next != '"';
                escaped = !escaped && next == '\\';
            } else if (next == '"') {
                quoted = true;
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
                reached = depth <= 0;
            }
        }

        boolean isReached() {
            return reached;
        }
    }
}
