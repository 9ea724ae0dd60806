package io.chartreuse.provider.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network between a client and a server, which can be cut. */
final class Proxy implements AutoCloseable {

    private final ServerSocket door;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<Socket> servers = new CopyOnWriteArrayList<>();
    private volatile int target;
    private volatile String fatal = "";

    Proxy(int target) {
        this(0, target);
    }

    /** One with a port that clients know already; 0 for any. */
    Proxy(int port, int target) {
        this.target = target;
        try {
            door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Leads to that port from now on. */
    void leadTo(int port) {
        target = port;
    }

    /** Cuts all connections: the clients notice at once; the server never does. */
    void cut() {
        clients.forEach(Proxy::close);
    }

    /** Drops the next answer of the server with this text: both sides lose their connection just before it. */
    void loseAnswer(String words) {
        fatal = words;
    }

    private boolean isFatal(byte[] answer, int count) {
        String words = fatal;
        if (words.isEmpty() || !new String(answer, 0, count, StandardCharsets.ISO_8859_1).contains(words)) {
            return false;
        }
        fatal = "";
        servers.forEach(Proxy::close);
        cut();
        return true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                clients.add(client);
                servers.add(server);
                daemon(() -> pump(client, server, false));
                daemon(() -> pump(server, client, true));
            }
        } catch (IOException closed) {
            door.isClosed();
        }
    }

    /** Forwards an end that the client asked for, but not one by a cut. */
    private void pump(Socket from, Socket to, boolean answers) {
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (answers && isFatal(buffer, count)) {
                    return;
                }
                to.getOutputStream().write(buffer, 0, count);
            }
            close(to);
        } catch (IOException cut) {
            if (answers) {
                close(to);
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clients.forEach(Proxy::close);
        servers.forEach(Proxy::close);
    }
}
