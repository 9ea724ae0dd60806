package io.chartreuse.provider.kubernetes.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Forwards requests to an API server, except those for which a fault is set. Speaks HTTP/1.1, one request per
 * connection.
 */
public final class FaultProxy implements AutoCloseable {

    private static final Pattern SERVER = Pattern.compile("server: \"([^\"]*)\"");

    private final Upstream upstream;
    private final ServerSocket listener;
    private final List<Expected> faults = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<Socket, Request> open = new ConcurrentHashMap<>();

    private FaultProxy(URI server) throws IOException {
        this.upstream = new Upstream(server);
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("fault-proxy", this::accept);
    }

    /** Puts the proxy between the server that a kubeconfig names and all clients that read that file from now on. */
    public static FaultProxy before(Path kubeconfig) {
        try {
            String text = Files.readString(kubeconfig);
            Matcher server = SERVER.matcher(text);
            if (!server.find()) {
                throw new IllegalArgumentException("no server in " + kubeconfig);
            }
            FaultProxy proxy = new FaultProxy(URI.create(server.group(1)));
            String address = "server: \"http://127.0.0.1:" + proxy.listener.getLocalPort() + "\"";
            Files.writeString(
                    kubeconfig,
                    server.replaceFirst(Matcher.quoteReplacement(address))
                            .replaceFirst(", certificate-authority(-data)?: [^}]*", ""));
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the fault happen to the next requests of that method whose path and query contain the text. */
    public FaultProxy next(int times, String method, String text, Fault fault) {
        return next(
                times,
                request -> request.method().equals(method) && request.target().contains(text),
                fault);
    }

    /** Has the fault happen to the next requests of that kind. */
    public FaultProxy next(int times, Predicate<Request> which, Fault fault) {
        faults.add(new Expected(which, fault, new AtomicInteger(times)));
        return this;
    }

    /** Removes all faults. */
    public void heal() {
        faults.clear();
    }

    /** Breaks the watches that are open. */
    public void cutWatches() {
        open.forEach((socket, request) -> {
            if (request.isWatch()) {
                closeQuietly(socket);
            }
        });
    }

    /** The requests so far whose method is that and whose path and query contain the text. */
    public List<Request> requests(String method, String text) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.target().contains(text))
                .toList();
    }

    /** How many watches are open. */
    public long watches() {
        return open.values().stream().filter(Request::isWatch).count();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.keySet().forEach(FaultProxy::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start("fault-proxy-exchange", () -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Request request = Request.read(client.getInputStream());
            requests.add(request);
            open.put(client, request);
            fault(request).happen(new Exchange(request, client, upstream));
        } catch (IOException ended) {
            // one of the two sides has gone
        } finally {
            open.remove(client);
        }
    }

    private Fault fault(Request request) {
        return faults.stream()
                .filter(expected -> expected.which.test(request) && expected.left.getAndDecrement() > 0)
                .findFirst()
                .map(Expected::fault)
                .orElse(Exchange::forward);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is closed one way or the other
        }
    }

    private record Expected(Predicate<Request> which, Fault fault, AtomicInteger left) {}
}
