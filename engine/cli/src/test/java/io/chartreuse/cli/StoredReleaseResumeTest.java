package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import io.chartreuse.provider.kubernetes.ClusterFixture;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What earlier builds had planned, approved or begun is carried on, with a database and a cluster as they had left them. */
final class StoredReleaseResumeTest {

    private static final String NAMESPACE = "stored-shop";

    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    private ClusterFixture cluster;
    private StoredRelease release;

    static List<String> killed() {
        return named("killed");
    }

    static List<String> approved() {
        return named("approved");
    }

    private static List<String> named(String stage) {
        return StoredRelease.with("history.sql").stream()
                .filter(name -> name.endsWith(stage))
                .toList();
    }

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        sql("postgres", "CREATE ROLE shop_owner NOLOGIN");
        sql("postgres", "CREATE ROLE shop_migrator LOGIN IN ROLE shop_owner");
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @AfterEach
    void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @ParameterizedTest
    @MethodSource("killed")
    void aRunThatWasKilledIsResumed(String name) throws Exception {
        open(name, 2);
        Said unlocked = release.run("unlock", "--yes");
        assertTrue(unlocked.all().contains("The lock is free."), unlocked.all());
        Said said = release.run("apply", "--yes");
        assertEquals(0, said.code(), said.all());
        assertTrue(said.all().contains("did not finish: it is resumed"), said.all());
        assertCarriedOut();
    }

    @ParameterizedTest
    @MethodSource("approved")
    void aPlanThatWasApprovedIsApplied(String name) throws Exception {
        open(name, 1);
        Said said = release.run("apply", release.file("plan.json").toString());
        assertEquals(0, said.code(), said.all());
        assertCarriedOut();
    }

    @ParameterizedTest
    @MethodSource("approved")
    void theSamePlanIsMadeOfAStoredState(String name) throws Exception {
        open(name, 1);
        Said said = release.run("plan", "--state", release.file("state.json").toString());
        assertEquals(0, said.code(), said.all());
        assertTrue(said.all().contains("2 migrations"), said.all());
    }

    private void assertCarriedOut() throws SQLException {
        assertEquals("3", value("SELECT max(version) FROM flyway_schema_history"));
        assertEquals("0", value("SELECT count(amount) FROM stock"));
        for (Deployment deployment : deployments()) {
            assertEquals(
                    2,
                    deployment.getSpec().getReplicas(),
                    deployment.getMetadata().getName());
        }
        Said said = release.run("audit", "verify");
        assertEquals(0, said.code(), said.all());
        assertTrue(said.all().contains("3 runs form one chain"), said.all());
    }

    private List<Deployment> deployments() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    /** The release where the database has that many of its migrations. */
    private void open(String name, int migrated) throws IOException, SQLException {
        release = StoredRelease.copy(name, directory);
        database(migrated);
        List<HasMetadata> objects = new ArrayList<>();
        for (String file : List.of("workloads.yaml", "configmaps.yaml", "leases.yaml")) {
            if (Files.exists(release.file(file))) {
                objects.addAll(Serialization.unmarshal(Files.readString(release.file(file)), KubernetesList.class)
                        .getItems());
            }
        }
        cluster = ClusterFixture.holding(NAMESPACE, objects);
        cluster.writeKubeconfig(directory.resolve("kubeconfig"));
    }

    private void database(int migrated) throws IOException, SQLException {
        sql("postgres", "DROP DATABASE IF EXISTS shop WITH (FORCE)");
        sql("postgres", "CREATE DATABASE shop OWNER shop_owner OID 4711000");
        sql("shop", "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        sql("shop", "SET ROLE shop_owner;" + history());
        try (Stream<Path> files = Files.list(release.file("migrations"))) {
            for (Path file : files.sorted().limit(migrated).toList()) {
                sql("shop", "SET ROLE shop_owner;" + Files.readString(file));
            }
        }
        sql("shop", Files.readString(release.file("history.sql")));
        release.environment("SHOP_PG_URL", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/shop");
    }

    /** The table as Flyway makes it. */
    private static String history() {
        return """
                CREATE TABLE flyway_schema_history (
                    installed_rank INT NOT NULL CONSTRAINT flyway_schema_history_pk PRIMARY KEY,
                    version VARCHAR(50), description VARCHAR(200) NOT NULL, type VARCHAR(20) NOT NULL,
                    script VARCHAR(1000) NOT NULL, checksum INTEGER, installed_by VARCHAR(100) NOT NULL,
                    installed_on TIMESTAMP NOT NULL DEFAULT now(), execution_time INTEGER NOT NULL,
                    success BOOLEAN NOT NULL);
                CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success);
                """;
    }

    private static void sql(String database, String command) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static String value(String query) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "shop").getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
