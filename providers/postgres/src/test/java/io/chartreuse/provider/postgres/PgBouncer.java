package io.chartreuse.provider.postgres;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A real pooler in front of the test server. */
final class PgBouncer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final int port;
    private final Process process;

    PgBouncer(TestDatabase database, String mode, String ignored, String connectQuery) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path directory = TemporaryFolder.create("pgbouncer");
        Path users = directory.resolve("users.txt");
        Files.writeString(users, "\"" + database.user + "\" \"" + TestDatabase.PASSWORD + "\"\n");
        String query = connectQuery.isEmpty() ? "" : " connect_query='" + connectQuery + "'";
        Path settings = directory.resolve("pgbouncer.ini");
        Files.writeString(settings, """
                [databases]
                * = host=127.0.0.1 port=%d%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = %s
                ignore_startup_parameters = %s
                """.formatted(TestServer.port(), query, port, users, mode, ignored));
        for (Path path : List.of(directory, users, settings)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        process = new ProcessBuilder(command(settings))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        awaitPort();
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    String url(TestDatabase database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name;
    }

    /** Runs it as another user than root, which it refuses. */
    private static List<String> command(Path settings) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(settings.toString());
        return command;
    }

    private void awaitPort() throws IOException {
        while (process.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("pgbouncer has ended with " + process.exitValue());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
