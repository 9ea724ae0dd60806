package io.chartreuse.provider.postgres.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.postgresql.util.HostSpec;

/**
 * Checks whether a server answers at all. The kernel accepts connections and acknowledges bytes for a halted
 * PostgreSQL, too, so only an answer proves that it lives: the one byte for an SSLRequest, which needs no login and no
 * free connection.
 */
public final class ServerProbe {

    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private ServerProbe() {}

    /** Whether a server answers in time; a refusal is an answer, too. */
    public static boolean answers(HostSpec server, Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), millis);
            socket.getOutputStream().write(SSL_REQUEST);
            socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
