package io.chartreuse.provider.patroni;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chartreuse.provider.patroni.settings.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A REST API that gives the answers that a test sets; 404 for all else. */
public final class FakePatroni implements AutoCloseable {

    /** The reaction to a request. */
    private interface Behaviour {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private AtomicReference<ObjectNode> config = new AtomicReference<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> strangers = new CopyOnWriteArrayList<>();

    public FakePatroni() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A leader in the form of Patroni 3, in a cluster of one. */
    public static FakePatroni leader() {
        FakePatroni patroni = new FakePatroni();
        return patroni.answer("/cluster", 200, patroni.clusterOfOne("leader", "running"))
                .answer("/primary", 200, node("running", "master"))
                .answer("/patroni", 200, node("running", "master"));
    }

    /** {@code /cluster} with one member, whose own URL is this one. */
    public String clusterOfOne(String role, String state) {
        return "{\"members\": [{\"name\": \"pg1\", \"role\": \"" + role + "\", \"state\": \"" + state
                + "\", \"api_url\": \"" + url()
                + "/patroni\", \"host\": \"127.0.0.1\", \"port\": 5432, \"timeline\": 1}]}";
    }

    /** {@code /patroni} of a node of cluster demo with system identifier 42. */
    public static String node(String state, String role) {
        return "{\"state\": \"" + state + "\", \"role\": \"" + role + "\", \"timeline\": 1, "
                + "\"database_system_identifier\": \"42\", \"patroni\": {\"version\": \"3.0.2\", \"scope\": \"demo\"}}";
    }

    public FakePatroni answer(String path, int status, String body) {
        behaviours.put(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        return this;
    }

    /** A dynamic configuration that changes as in Patroni, with a merge patch. */
    public FakePatroni configured(String json) {
        AtomicReference<ObjectNode> store = new AtomicReference<>(object(json));
        behaviours.put("/config", exchange -> {
            byte[] patch = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("PATCH")) {
                store.updateAndGet(now -> merged(now, object(new String(patch, StandardCharsets.UTF_8))));
            }
            byte[] bytes = store.get().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        config = store;
        return this;
    }

    /** What it is now. */
    public String config() {
        return config.get().toString();
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode merged(ObjectNode now, ObjectNode patch) {
        ObjectNode result = now.deepCopy();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode inner
                    && result.get(field.getKey()) instanceof ObjectNode old) {
                result.set(field.getKey(), merged(old, inner));
            } else {
                result.set(field.getKey(), field.getValue());
            }
        });
        return result;
    }

    public FakePatroni redirect(String path, String location) {
        behaviours.put(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        return this;
    }

    /** Answers when all users of that barrier were asked; does not answer where one of them never is. */
    public FakePatroni answerTogether(String path, CyclicBarrier all, String body) {
        answer(path, 200, body);
        Behaviour answer = behaviours.get(path);
        behaviours.put(path, exchange -> {
            try {
                all.await();
                answer.handle(exchange);
            } catch (InterruptedException | BrokenBarrierException e) {
                exchange.close();
            }
        });
        return this;
    }

    /** Accepts the request and never answers. */
    public FakePatroni hang(String path) {
        behaviours.put(path, exchange -> untilClosed());
        return this;
    }

    /** Sends headers and the first byte, and never the rest. */
    public FakePatroni stall(String path) {
        behaviours.put(path, exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            untilClosed();
        });
        return this;
    }

    /** Closes the connection without an answer. */
    public FakePatroni drop(String path) {
        behaviours.put(path, HttpExchange::close);
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public Endpoint endpoint() {
        return Endpoint.parse(url());
    }

    /** Paths asked for, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The requests without credentials. */
    public List<String> strangers() {
        return List.copyOf(strangers);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        if (!exchange.getRequestHeaders().containsKey("Authorization")) {
            strangers.add(path);
        }
        Behaviour behaviour = behaviours.get(path);
        if (behaviour == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        } else {
            behaviour.handle(exchange);
        }
    }

    private void untilClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
