package io.chartreuse.provider.kubernetes;

import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;

/**
 * Has the mock server end its watches on a thread of their own. Else its only thread waits in the end of a watch
 * ({@code WatchEventsListener.onClosed}) for an event that is just being sent, which waits in turn for that thread
 * ({@code VertxMockWebSocket.awaitWrite}): for 30 s no client gets an answer.
 */
final class UnblockedWatches extends Dispatcher {

    private final Dispatcher dispatcher;

    UnblockedWatches(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        MockResponse response = dispatcher.dispatch(request);
        WebSocketListener watch = response.getWebSocketListener();
        return watch == null ? response : response.withWebSocketUpgrade(new Unblocked(watch));
    }

    @Override
    public void shutdown() {
        dispatcher.shutdown();
    }

    @Override
    public void releaseResources() {
        dispatcher.releaseResources();
    }

    private static final class Unblocked extends WebSocketListener {

        private final WebSocketListener watch;

        Unblocked(WebSocketListener watch) {
            this.watch = watch;
        }

        @Override
        public void onBeforeAccept(WebSocket socket, Response response) {
            watch.onBeforeAccept(socket, response);
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            watch.onOpen(socket, response);
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            watch.onMessage(socket, text);
        }

        @Override
        public void onMessage(WebSocket socket, byte[] bytes) {
            watch.onMessage(socket, bytes);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            watch.onClosing(socket, code, reason);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            elsewhere(() -> watch.onClosed(socket, code, reason));
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, Response response) {
            elsewhere(() -> watch.onFailure(socket, failure, response));
        }

        private static void elsewhere(Runnable end) {
            Thread thread = new Thread(end, "watch-end");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
