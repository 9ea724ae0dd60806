package io.chartreuse.provider.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL of one test's own, which may be restarted, crashed, replicated and promoted. */
final class OwnServer implements AutoCloseable {

    final int port;
    private final PostgresVersion version;
    private final Path data;
    private EmbeddedPostgres postgres;

    private OwnServer(PostgresVersion version, Path data) {
        this.version = version;
        this.data = data;
        this.port = freePort();
    }

    static OwnServer started() {
        return started(PostgresVersion.NEWEST);
    }

    static OwnServer started(PostgresVersion version) {
        OwnServer server =
                new OwnServer(version, TemporaryFolder.create("server").resolve("data"));
        server.start();
        return server;
    }

    /**
     * Starts a standby with the same data, and restarts this server for it.
     *
     * @param streaming whether it receives what is written from now on
     */
    OwnServer standby(boolean streaming) {
        stop();
        OwnServer standby =
                new OwnServer(version, TemporaryFolder.create("server").resolve("data"));
        copy(data, standby.data);
        start();
        try {
            Files.createFile(standby.data.resolve("standby.signal"));
            if (streaming) {
                Files.writeString(
                        standby.data.resolve("postgresql.auto.conf"),
                        "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres'\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        standby.start();
        return standby;
    }

    void start() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setPgBinaryResolver(version.resolver())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setServerConfig("synchronous_commit", "on") // otherwise a crash would lose the latest commits
                    .setServerConfig("max_wal_senders", "10")
                    .setServerConfig("wal_level", "replica")
                    .setServerConfig("hot_standby", "on")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it like {@code pg_ctl stop -m immediate}: clients get no message. */
    void crash() {
        try {
            String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
            postmaster.onExit().join();
            stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops all its processes: the kernel goes on accepting connections for it, but it does not answer. */
    void halt() {
        signal("-STOP");
    }

    /** Continues its processes. */
    void goOn() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            List<String> command = new ArrayList<>(List.of("kill", signal, pid));
            postmaster.children().forEach(child -> command.add(String.valueOf(child.pid())));
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void promote() {
        query("postgres", "SELECT pg_promote()");
    }

    OwnServer execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this standby has all that its primary has on disk by now. */
    boolean hasReplayed(OwnServer primary) {
        String there = primary.query("postgres", "SELECT pg_current_wal_flush_lsn()");
        return query("postgres", "SELECT pg_last_wal_replay_lsn() >= '" + there + "'::pg_lsn")
                .equals("t");
    }

    /** The first column of the first row, or {@code "none"}. */
    String query(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "none";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Connection connect(String database) throws SQLException {
        return postgres.getDatabase("postgres", database).getConnection();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                        throws IOException {
                    Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(data.getParent())) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
