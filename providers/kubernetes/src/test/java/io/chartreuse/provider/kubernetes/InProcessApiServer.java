package io.chartreuse.provider.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.MockServerExpectation;
import io.fabric8.mockwebserver.http.Dispatcher;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/** The client library's mock API server. It stores objects with versions; expectations take precedence. */
public final class InProcessApiServer implements AutoCloseable {

    private final KubernetesMockServer server;

    InProcessApiServer() {
        Map<ServerRequest, Queue<ServerResponse>> responses = new ConcurrentHashMap<>();
        this.server = start(responses, new KubernetesMixedDispatcher(responses));
    }

    /** One that keeps objects as this does, and of which nothing else is expected. */
    InProcessApiServer(StoredObjects objects) {
        this.server = start(new ConcurrentHashMap<>(), objects);
    }

    private static KubernetesMockServer start(
            Map<ServerRequest, Queue<ServerResponse>> responses, Dispatcher dispatcher) {
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), new MockWebServer(), responses, new UnblockedWatches(dispatcher), false);
        server.init();
        return server;
    }

    /** Replaces answers: {@code expect().patch().withPath("…").andReturn(409, …).once()}. */
    public MockServerExpectation expect() {
        return server.expect();
    }

    Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url("/"))
                .withOauthToken("none")
                .withHttp2Disable(true)
                .build();
    }

    /** Does not wait for the end: sometimes the server exceeds its own limit of 10 s. */
    @Override
    public void close() {
        Thread end = new Thread(this::end, "api-server-end");
        end.setDaemon(true);
        end.start();
    }

    private void end() {
        try {
            server.destroy();
        } catch (IllegalStateException notInTime) {
            // it ends with the process
        }
    }
}
