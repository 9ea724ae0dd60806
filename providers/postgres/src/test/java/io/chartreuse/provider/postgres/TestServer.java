package io.chartreuse.provider.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** One PostgreSQL for all tests of a JVM. The superuser is trusted; all other users need a password. */
final class TestServer {

    private static final TestServer INSTANCE = new TestServer();

    private final EmbeddedPostgres postgres;

    private TestServer() {
        try {
            Path rules = TemporaryFolder.create("server").resolve("pg_hba.conf");
            Files.writeString(rules, """
                    host all postgres 127.0.0.1/32 trust
                    host all postgres ::1/128 trust
                    host all all 127.0.0.1/32 scram-sha-256
                    host all all ::1/128 scram-sha-256
                    """);
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("hba_file", rules.toString())
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    static int port() {
        return INSTANCE.postgres.getPort();
    }

    static DataSource superuser(String database) {
        return INSTANCE.postgres.getDatabase("postgres", database);
    }

    static Connection connect(String database) throws SQLException {
        return superuser(database).getConnection();
    }

    private void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
