package io.chartreuse.cli.pipeline;

import io.chartreuse.provider.kubernetes.ClusterFixture;
import io.chartreuse.provider.kubernetes.SampleWorkloads;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A release of the tests: a database that asks for its password, a cluster with two Deployments, a configuration. */
final class Shop implements AutoCloseable {

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final ClusterFixture cluster;

    /** @param password of the user that migrates; asked for in earnest (SCRAM) */
    Shop(Path directory, String password) throws IOException, SQLException {
        this.directory = directory;
        this.postgres = EmbeddedPostgres.builder()
                .setServerConfig("password_encryption", "scram-sha-256")
                .start();
        this.cluster = ClusterFixture.start().withScaleDefinition();
        sql("CREATE ROLE shop_owner NOLOGIN");
        sql("CREATE ROLE shop_migrator LOGIN PASSWORD '" + password.replace("'", "''") + "' IN ROLE shop_owner");
        sql("CREATE DATABASE shop OWNER shop_owner");
        askForPasswords();
        deploy();
        Files.createDirectories(directory.resolve("migrations"));
    }

    /** Every user but the superuser needs a password. */
    private void askForPasswords() throws SQLException, IOException {
        Path rules = Path.of(text("SHOW hba_file"));
        Files.writeString(rules, """
                host all postgres 127.0.0.1/32 trust
                host all all 127.0.0.1/32 scram-sha-256
                """);
        sql("SELECT pg_reload_conf()");
    }

    private void deploy() {
        SampleWorkloads workloads = cluster.workloads();
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        workloads.deployment("worker", 1);
        workloads.expectedScale("shop", "web", 3, 10);
        workloads.expectedScale("shop", "worker", 1, 0);
        cluster.writeKubeconfig(directory.resolve("kubeconfig"));
    }

    /** Writes the configuration with this reference to the password. */
    void configure(String reference) throws IOException {
        Files.writeString(directory.resolve("chartreuse.yaml"), """
                version: 1
                release: shop
                postgres:
                  databases:
                    main:
                      url: jdbc:postgresql://127.0.0.1:%d/shop
                      user: shop_migrator
                      password: %s
                      role: shop_owner
                      migrations: {tool: flyway, locations: [migrations]}
                kubernetes:
                  kubeconfig: kubeconfig
                """.formatted(postgres.getPort(), reference));
    }

    void migration(String file, String sql) throws IOException {
        Files.writeString(directory.resolve("migrations").resolve(file), sql);
    }

    int port() {
        return postgres.getPort();
    }

    ClusterFixture cluster() {
        return cluster;
    }

    int replicas(String deployment) {
        return cluster.workloads().deployment(deployment).getSpec().getReplicas();
    }

    /** The first value of a query in the release's database, as the superuser. */
    String shop(String query) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "shop").getConnection()) {
            return first(connection, query);
        }
    }

    private String text(String query) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            return first(connection, query);
        }
    }

    private static String first(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    /** As the superuser. */
    void sql(String command) throws SQLException {
        sql("postgres", command);
    }

    /** In the release's database, as the superuser. */
    void sqlInShop(String command) throws SQLException {
        sql("shop", command);
    }

    private void sql(String database, String command) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    @Override
    public void close() throws IOException {
        cluster.close();
        postgres.close();
    }
}
