package io.chartreuse.provider.patroni.failover;

import io.chartreuse.provider.patroni.rest.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Whether a PostgreSQL answers at an address. */
public final class PostgresPort {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** The packet that asks whether the server speaks TLS: every PostgreSQL answers it, even while it starts up. */
    private static final byte[] SSL_REQUEST =
            ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();

    private PostgresPort() {}

    /**
     * Asks whether the server speaks TLS, and closes the connection. An accepted connection alone proves nothing: the
     * kernel accepts it for a stopped process, too. The answer is S or N, or E before an error.
     *
     * @param address {@code host:port}, an IPv6 address in brackets
     * @return false also where no answer comes within some seconds, or the text is not an address
     */
    public static boolean answers(String address) {
        return ServerAddress.parse(address).filter(PostgresPort::answers).isPresent();
    }

    private static boolean answers(ServerAddress address) {
        try (Socket socket = new Socket()) {
            int limit = Math.toIntExact(LIMIT.toMillis());
            socket.connect(new InetSocketAddress(address.host(), address.port()), limit);
            socket.setSoTimeout(limit);
            socket.getOutputStream().write(SSL_REQUEST);
            InputStream answer = socket.getInputStream();
            return "SNE".indexOf(answer.read()) >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
