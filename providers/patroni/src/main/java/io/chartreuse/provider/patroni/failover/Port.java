package io.chartreuse.provider.patroni.failover;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Whether somebody listens there. */
public final class Port {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private Port() {}

    /**
     * Connects and says nothing.
     *
     * @param address {@code host:port}, an IPv6 address in brackets
     * @return false also where it cannot be told within some seconds
     */
    public static boolean listens(String address) {
        try (Socket socket = new Socket()) {
            URI place = URI.create("postgresql://" + address);
            socket.connect(new InetSocketAddress(place.getHost(), place.getPort()), Math.toIntExact(LIMIT.toMillis()));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
