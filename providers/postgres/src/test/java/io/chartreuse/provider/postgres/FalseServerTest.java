package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that answers in the place of the database and asks for the password. */
class FalseServerTest {

    private static final int SSL_REQUEST = 80877103;

    /** The authentication request, by its number in the protocol. */
    private enum Method {
        IN_CLEAR("password", new byte[] {0, 0, 0, 3}),
        MD5("md5", new byte[] {0, 0, 0, 5, 's', 'a', 'l', 't'});

        private final String setting;
        private final byte[] request;

        Method(String setting, byte[] request) {
            this.setting = setting;
            this.request = request;
        }
    }

    private final TestDatabase database = new TestDatabase().tables(1);
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final ServerSocket server = opened();
    private volatile Method asked = Method.IN_CLEAR;

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void isNotGivenThePassword(Method method) {
        asked = method;
        database.settings.put("url", "jdbc:postgresql://localhost:" + server.getLocalPort() + "/" + database.name);

        var problem = Findings.thrown("postgres.authentication-method", database::refresh);

        assertTrue(problem.remedy().contains("sslmode=verify-full"), problem.remedy());
        assertEquals("", heard(), "the password was given, or what can be tried against it");
    }

    @ParameterizedTest
    @EnumSource
    void isGivenItWhereTheUrlSaysSo(Method method) {
        asked = method;
        database.settings.put(
                "url",
                "jdbc:postgresql://localhost:" + server.getLocalPort() + "/" + database.name + "?requireAuth="
                        + method.setting);

        Findings.thrown("postgres.credentials-refused", database::refresh);

        assertTrue(heard().contains(method == Method.MD5 ? "md5" : TestDatabase.PASSWORD), "this test would notice it");
    }

    @ParameterizedTest
    @EnumSource
    void aUrlThatAllowsItIsWarnedOf(Method method) {
        database.settings.put(
                "url",
                database.settings.get("url").asText() + "?requireAuth=" + method.setting + ",scram-sha-256,none");

        assertEquals(
                "postgres.password-in-clear",
                Findings.codes(database.refresh().findings()).get(0));
    }

    private String heard() {
        synchronized (heard) {
            return heard.toString(StandardCharsets.UTF_8);
        }
    }

    private ServerSocket opened() {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread answering = new Thread(() -> {
                while (!socket.isClosed()) {
                    try (Socket client = socket.accept()) {
                        answer(client);
                    } catch (IOException over) {
                        // the next one
                    }
                }
            });
            answering.setDaemon(true);
            answering.start();
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        byte[] first = packet(in);
        if (first.length == 4) { // asks for encryption, which this server does not have
            assertEquals(SSL_REQUEST, java.nio.ByteBuffer.wrap(first).getInt());
            out.write('N');
            packet(in);
        }
        out.write('R');
        out.writeInt(4 + asked.request.length);
        out.write(asked.request);
        out.flush();
        in.readByte();
        byte[] answer = packet(in);
        synchronized (heard) {
            heard.writeBytes(answer);
        }
        byte[] refusal = "SFATAL\0C28P01\0Mno\0\0".getBytes(StandardCharsets.UTF_8);
        out.write('E');
        out.writeInt(refusal.length + 4);
        out.write(refusal);
        out.flush();
    }

    private static byte[] packet(DataInputStream in) throws IOException {
        byte[] content = new byte[in.readInt() - 4];
        in.readFully(content);
        return content;
    }
}
