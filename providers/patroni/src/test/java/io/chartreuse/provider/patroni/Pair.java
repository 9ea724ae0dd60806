package io.chartreuse.provider.patroni;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.patroni.RealCluster.Node;
import io.chartreuse.testkit.Prerequisite;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Two nodes that replicate, the first of which leads, with an empty database. */
final class Pair implements AutoCloseable {
    final RealCluster cluster;
    final Node first;
    final Node second;

    Pair(boolean synchronous) throws Exception {
        Prerequisite.noneMissing(RealCluster.lacks());
        cluster = new RealCluster(synchronous);
        first = cluster.add("pg1");
        await(
                "a leader",
                () -> cluster.query(first, "postgres", "SELECT 1 WHERE NOT pg_is_in_recovery()")
                        .isPresent());
        cluster.sql(first, "postgres", "CREATE DATABASE shop");
        second = cluster.add("pg2");
        await("a replica", () -> cluster.sender(first, second).isPresent());
        if (synchronous) {
            await(
                    "a synchronous replica",
                    () -> cluster.query(
                                    first, "postgres", "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'")
                            .isPresent());
        }
        await("the database there", () -> on(second, "SELECT 1").isPresent());
    }

    Optional<String> on(Node node, String sql) {
        return cluster.query(node, "shop", sql);
    }

    void await(String what, Callable<Boolean> condition) throws Exception {
        Instant limit = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.call()) {
            assertTrue(Instant.now().isBefore(limit), () -> "no " + what + logs());
            Thread.sleep(100);
        }
    }

    String logs() {
        try {
            return "\n" + cluster.logs();
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws java.io.IOException {
        cluster.close();
    }
}
