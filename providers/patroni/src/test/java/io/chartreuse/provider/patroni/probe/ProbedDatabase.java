package io.chartreuse.provider.patroni.probe;

import com.fasterxml.jackson.databind.node.TextNode;
import io.chartreuse.provider.patroni.settings.ProbeSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A database with its own roles, so that tests do not affect each other; its logins need passwords. */
final class ProbedDatabase {

    static final String PASSWORD = "correct-horse";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EmbeddedPostgres server;
    final String name = "app" + NUMBER.incrementAndGet();
    final String login = name + "_probe";
    final String owner = name + "_owner";
    final String writer = name + "_writer_user";
    final String reader = name + "_reader_user";

    /** An empty database and the probe's login; no other role. */
    ProbedDatabase(EmbeddedPostgres server) throws SQLException {
        this.server = server;
        sql("postgres", "CREATE ROLE " + login + " LOGIN PASSWORD '" + PASSWORD + "'");
        sql("postgres", "CREATE DATABASE " + name);
    }

    /** Requires a password for all users but the superuser from now on. */
    static void demandPasswords(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet file = statement.executeQuery("SHOW hba_file")) {
            file.next();
            statement.execute("COPY (VALUES ('host all postgres all trust'), ('host all all all scram-sha-256')) TO '"
                    + file.getString(1) + "'");
        }
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    ProbedDatabase withRoles() throws SQLException {
        for (String role : new String[] {owner, writer, reader}) {
            sql("CREATE ROLE " + role);
            sql("GRANT " + role + " TO " + login);
        }
        sql("GRANT CREATE ON SCHEMA public TO " + owner);
        return this;
    }

    ProbedDatabase withDefaultPrivileges() throws SQLException {
        sql("ALTER DEFAULT PRIVILEGES FOR ROLE " + owner + " GRANT INSERT ON TABLES TO " + writer);
        sql("ALTER DEFAULT PRIVILEGES FOR ROLE " + owner + " GRANT SELECT ON TABLES TO " + reader);
        return this;
    }

    void sql(String statement) throws SQLException {
        sql(name, statement);
    }

    String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
    }

    ProbeSettings settings(String url) {
        return new ProbeSettings(url, login, Optional.of(TextNode.valueOf("reference")), owner, writer, reader);
    }

    /** Whether a probe left a table. */
    boolean hasTables() throws SQLException {
        try (Connection connection = server.getDatabase("postgres", name).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT count(*) > 0 FROM pg_class WHERE relname LIKE '%probe%'")) {
            result.next();
            return result.getBoolean(1);
        }
    }

    private void sql(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
