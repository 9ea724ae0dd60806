package io.chartreuse.provider.postgres.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** An embedded PostgreSQL with its usual settings, fresh databases on it, and migrations for them. */
final class BenchmarkServer implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private int databases;

    BenchmarkServer() throws IOException {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
    }

    /** The URL of an unused database; the user is {@code postgres}, without password. */
    String freshDatabase() throws SQLException {
        String name = "benchmark" + ++databases;
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute("CHECKPOINT");
        }
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
    }

    /** A directory with that many migrations: a small table each, and a row in it. */
    static Path migrations(int count) {
        try {
            Path directory = Files.createTempDirectory("chartreuse-benchmark");
            for (int number = 1; number <= count; number++) {
                Files.writeString(
                        directory.resolve("V" + number + "__table_" + number + ".sql"),
                        "CREATE TABLE t%1$d (id int PRIMARY KEY, name text);%nINSERT INTO t%1$d VALUES (1, 'one');%n"
                                .formatted(number));
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
