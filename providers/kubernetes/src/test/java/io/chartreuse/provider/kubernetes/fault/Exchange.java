package io.chartreuse.provider.kubernetes.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** One request on its way through the proxy, and what a fault can do with it. */
public final class Exchange {

    private static final int BUFFER = 8192;

    private final Request request;
    private final Socket client;
    private final Upstream upstream;

    Exchange(Request request, Socket client, Upstream upstream) {
        this.request = request;
        this.client = client;
        this.upstream = upstream;
    }

    /** Forwards the request, and the answer until one of the two sides closes. */
    void forward() throws IOException {
        forward(Long.MAX_VALUE);
    }

    /** Forwards the request, and at most that many bytes of the answer. */
    void forward(long most) throws IOException {
        try (Socket server = upstream.connect()) {
            server.getOutputStream().write(request.forUpstream(upstream));
            server.getOutputStream().flush();
            Thread uplink = new Thread(() -> copyQuietly(client, server), "fault-proxy-uplink");
            uplink.setDaemon(true);
            uplink.start();
            copy(server.getInputStream(), client.getOutputStream(), most);
        }
    }

    /** Forwards the request and the head of the answer; then waits until the client closes. */
    void silence() throws IOException {
        try (Socket server = upstream.connect()) {
            server.getOutputStream().write(request.forUpstream(upstream));
            server.getOutputStream().flush();
            client.getOutputStream().write(Request.head(server.getInputStream()).getBytes(StandardCharsets.ISO_8859_1));
            client.getOutputStream().write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            client.getOutputStream().flush();
            client.getInputStream().readAllBytes();
        }
    }

    /** Begins a watch over a web socket in the server's place, and sends one event later. */
    void watchEvent(CountDownLatch when, String event) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(WebSocketFrames.handshake(request).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        try {
            when.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
        out.write(WebSocketFrames.text(event));
        out.flush();
        client.getInputStream().readAllBytes();
    }

    /** Lets the server execute it and drops the answer. */
    void executeOnly() throws IOException {
        try (Socket server = upstream.connect()) {
            server.getOutputStream().write(request.forUpstream(upstream));
            server.getOutputStream().flush();
            server.getInputStream().readAllBytes();
        }
    }

    /** Answers in the server's place. */
    void answer(int status, String headers, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " Fault\r\nContent-Type: application/json\r\nContent-Length: "
                + content.length + "\r\nConnection: close\r\n" + headers + "\r\n";
        OutputStream out = client.getOutputStream();
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(content);
        out.flush();
    }

    /** Ends the connection as a crash does. */
    void reset() throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static void copyQuietly(Socket from, Socket to) {
        try {
            copy(from.getInputStream(), to.getOutputStream(), Long.MAX_VALUE);
        } catch (IOException ended) {
            // the other direction notices it, too
        }
    }

    private static void copy(InputStream from, OutputStream to, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = most;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(BUFFER, left));
            if (read < 0) {
                return;
            }
            to.write(buffer, 0, read);
            to.flush();
            left -= read;
        }
    }
}
