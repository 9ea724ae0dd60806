package io.chartreuse.chart;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own on one PostgreSQL for all tests of a JVM.
 *
 * @param name unique
 */
record RealDatabase(String name) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Started when the first test needs it. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static RealDatabase create() {
        RealDatabase database = new RealDatabase("shop_" + COUNT.incrementAndGet());
        database.query("postgres", "CREATE DATABASE " + database.name());
        return database;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + Server.POSTGRES.getPort() + "/" + name;
    }

    /** The last version that was applied; empty before the first. */
    String revision() {
        return query("SELECT to_regclass('flyway_schema_history')").isEmpty()
                ? ""
                : query("SELECT version FROM flyway_schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1");
    }

    /** The first column of the first row as text; empty when the query returns no row. */
    String query(String sql) {
        return query(name, sql);
    }

    private String query(String database, String sql) {
        try (Connection connection =
                        Server.POSTGRES.getDatabase("postgres", database).getConnection();
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() && rows.getString(1) != null ? rows.getString(1) : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
