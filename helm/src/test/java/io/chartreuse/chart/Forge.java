package io.chartreuse.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fake API of GitHub or GitLab on loopback, with the requests that pipelines send: one pull request with its
 * comments.
 */
final class Forge implements AutoCloseable {

    static final String TOKEN = "ghs_verySecret.0123";

    /** The account of the pipeline's token. */
    static final String US = "github-actions[bot]";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final String list;
    private final String one;
    private final Map<Long, ObjectNode> comments = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private String refusedMethod = "";
    private int refusedStatus;
    private long last;

    private Forge(String list, String one) {
        this.list = list;
        this.one = one;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    static Forge gitHub() {
        return new Forge("/repos/acme/shop/issues/7/comments", "/repos/acme/shop/issues/comments/");
    }

    static Forge gitLab() {
        String notes = "/projects/3/merge_requests/7/notes";
        return new Forge(notes, notes + "/").answer("/user", "{'id': " + US.hashCode() + "}");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Sets the answer to that path, whatever its query is; single quotes stand for double ones. */
    Forge answer(String path, String json) {
        answers.put(path, json.replace('\'', '"'));
        return this;
    }

    /** Makes that method fail from now on. */
    void refuse(String method, int status) {
        refusedMethod = method;
        refusedStatus = status;
    }

    /** Adds a comment by that author. */
    long comment(String author, String body) {
        ObjectNode comment = JSON.createObjectNode().put("id", ++last).put("body", body);
        comment.putObject("user").put("login", author);
        comment.putObject("author").put("id", author.hashCode());
        comments.put(last, comment);
        return last;
    }

    String body(long id) {
        return comments.get(id).path("body").asText();
    }

    /** All comments, oldest first. */
    List<String> bodies() {
        synchronized (comments) {
            return comments.values().stream()
                    .map(comment -> comment.path("body").asText())
                    .toList();
        }
    }

    /** {@code GET /path?query}, in their order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            requests.add(method + " " + exchange.getRequestURI());
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!authorization.equals("Bearer " + TOKEN)) {
                answer(exchange, 401, "{\"message\": \"Bad credentials\"}");
            } else if (method.equals(refusedMethod)) {
                answer(exchange, refusedStatus, "{\"message\": \"Resource not accessible by integration\"}");
            } else {
                act(exchange, method, exchange.getRequestURI(), sent);
            }
        }
    }

    private void act(HttpExchange exchange, String method, URI uri, String sent) throws IOException {
        String path = uri.getPath();
        if (method.equals("GET") && path.equals(list)) {
            answer(exchange, 200, page(uri.getQuery()).toString());
        } else if (method.equals("POST") && path.equals(list)) {
            answer(
                    exchange,
                    201,
                    comments.get(comment(US, JSON.readTree(sent).path("body").asText()))
                            .toString());
        } else if (!method.equals("GET") && path.startsWith(one)) {
            change(exchange, method, Long.parseLong(path.substring(one.length())), sent);
        } else {
            String answer = answers.get(path);
            answer(exchange, answer == null ? 404 : 200, answer == null ? "{\"message\": \"Not Found\"}" : answer);
        }
    }

    private void change(HttpExchange exchange, String method, long id, String sent) throws IOException {
        if (method.equals("DELETE")) {
            comments.remove(id);
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        JsonNode body = JSON.readTree(sent).path("body");
        answer(exchange, 200, comments.get(id).set("body", body).toString());
    }

    private ArrayNode page(String query) {
        int size = parameter(query, "per_page");
        ArrayNode page = JSON.createArrayNode();
        synchronized (comments) {
            comments.values().stream()
                    .skip((long) (parameter(query, "page") - 1) * size)
                    .limit(size)
                    .forEach(page::add);
        }
        return page;
    }

    private static int parameter(String query, String name) {
        for (String part : query.split("&")) {
            if (part.startsWith(name + "=")) {
                return Integer.parseInt(part.substring(name.length() + 1));
            }
        }
        throw new IllegalArgumentException(query + " has no " + name);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
