package io.chartreuse.provider.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.patroni.RealCluster.Node;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.testkit.Prerequisite;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs with Patroni and etcd from the machine's packages. */
@Timeout(60)
class RealPatroniTest {

    private RealCluster cluster;
    private Node node;

    @BeforeEach
    void start() throws IOException {
        // For each test, not once for the class: Surefire does not count the tests of a class that is skipped as a
        // whole.
        Prerequisite.noneMissing(RealCluster.lacks());
        cluster = new RealCluster();
        node = cluster.add("pg1");
    }

    @AfterEach
    void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void theGateWaitsForTheBootstrapAndThenForTheRoles() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        try (Provider provider = Gates.provider(section(probe()))) {
            provider.converge(Gates.step("main", Map.of()), message -> {
                said.add(message);
                mend(message);
            });
            Resource resource = provider.refresh().get(0);

            assertEquals(resource.desired(), resource.observed(), () -> resource + logs());
            assertTrue(
                    resource.reason()
                            .startsWith("ready: leader pg1 accepts writes (scope chartreuse, system identifier "),
                    resource.reason());
            assertTrue(resource.reason().endsWith(", timeline 1, leader pg1)"), resource.reason());
            assertEquals(
                    Set.of("scope", "systemIdentifier"), resource.identity().keySet());
            assertEquals("chartreuse", resource.identity().get("scope"));
        }
        assertTrue(said.contains("waiting: role shop_writer_user does not exist"), () -> said + logs());
        assertTrue(said.get(said.size() - 1).startsWith("ready: leader pg1 accepts writes"), said::toString);
    }

    @Test
    void aClusterWhoseStoreIsDownIsNotReadyButKnown() throws Exception {
        try (Provider provider = Gates.provider(section(""))) {
            provider.converge(Gates.step("main", Map.of()), Progress.NONE);
            Map<String, String> identity = provider.refresh().get(0).identity();
            cluster.stopStore();

            Resource resource = provider.refresh().get(0);

            assertFalse(resource.observed().path("ready").asBoolean(), resource::toString);
            assertEquals(PatroniError.NOT_READY, resource.findings().get(0).code());
            assertEquals(identity, resource.identity());
        }
    }

    /** Does what an operator's scripts would do, one thing at a time, each when the gate asks for it. */
    private void mend(String missing) {
        try {
            if (missing.contains("app cannot connect")) {
                cluster.sql(node, "postgres", "CREATE DATABASE shop", "CREATE ROLE app LOGIN PASSWORD 'app'");
            } else if (missing.contains("shop_owner does not exist")) {
                createOwner();
            } else if (missing.contains("shop_writer_user does not exist")) {
                createUsers();
                grantDefaults();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void createOwner() throws SQLException {
        cluster.sql(
                node,
                "shop",
                "CREATE ROLE shop_owner",
                "GRANT CREATE ON SCHEMA public TO shop_owner",
                "GRANT shop_owner TO app");
    }

    private void createUsers() throws SQLException {
        cluster.sql(
                node,
                "shop",
                "CREATE ROLE shop_writer_user",
                "CREATE ROLE shop_reader_user",
                "GRANT shop_writer_user, shop_reader_user TO app");
    }

    private void grantDefaults() throws SQLException {
        cluster.sql(
                node,
                "shop",
                "ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner GRANT INSERT ON TABLES TO shop_writer_user",
                "ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner GRANT SELECT ON TABLES TO shop_reader_user");
    }

    private String probe() {
        return """
                , "probe": {"url": "%s", "user": "app", "password": {"env": "app"},
                  "owner": "shop_owner", "writer": "shop_writer_user", "reader": "shop_reader_user"}""".formatted(node.jdbcUrl("shop"));
    }

    private String section(String more) {
        return """
                {"clusters": {"main": {"endpoints": ["%s"], "waitConfigured": "40s" %s}}}""".formatted(node.url(), more);
    }

    private String logs() {
        try {
            return cluster.logs();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
