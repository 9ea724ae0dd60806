package io.chartreuse.provider.postgres.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class KeepAliveSocketsTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void aServerThatVanishesIsNoticedWithinAMinute() throws IOException {
        try (Socket socket = new KeepAliveSockets().createSocket()) {
            assertTrue(socket.getKeepAlive());
            int idle = socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE);
            int interval = socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL);
            int probes = socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT);

            assertEquals(60, idle + interval * probes);
        }
    }
}
