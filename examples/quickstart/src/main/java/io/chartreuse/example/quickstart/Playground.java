package io.chartreuse.example.quickstart;

import io.chartreuse.provider.kubernetes.ClusterFixture;
import io.chartreuse.provider.kubernetes.SampleWorkloads;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the world that the quickstart plays in until it gets SIGTERM: a PostgreSQL with an empty database, and an API
 * server in this process with the three Deployments of release {@code shop}. Writes {@code kubeconfig} and {@code
 * chartreuse.yaml} into the folder of the story and, when all is up, the file {@code ready}.
 */
public final class Playground {

    private static final String RELEASE = "shop";

    private Playground() {}

    /** @param arguments the template of the configuration, and the folder of the story */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        Path template = Path.of(arguments[0]);
        Path story = Path.of(arguments[1]);
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        ClusterFixture cluster = ClusterFixture.inProcess().withScaleDefinition();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(postgres, cluster, ended)));
        createDatabase(postgres, System.getenv("SHOP_PG_PASSWORD"));
        deploy(cluster.workloads());
        cluster.writeKubeconfig(story.resolve("kubeconfig"));
        String configuration =
                Files.readString(template).replace("@POSTGRES_PORT@", String.valueOf(postgres.getPort()));
        Files.writeString(story.resolve("chartreuse.yaml"), configuration);
        Files.createFile(story.resolve("ready"));
        ended.await();
    }

    private static void end(EmbeddedPostgres postgres, ClusterFixture cluster, CountDownLatch ended) {
        try {
            cluster.close();
            postgres.close();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL did not end", e);
        } finally {
            ended.countDown();
        }
    }

    /** One role owns everything, and another one logs in and may act as the owner: a recommended setup. */
    private static void createDatabase(EmbeddedPostgres postgres, String password) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE shop_owner NOLOGIN");
            statement.execute("CREATE ROLE shop_migrator LOGIN PASSWORD '" + password.replace("'", "''")
                    + "' IN ROLE shop_owner");
            statement.execute("CREATE DATABASE shop OWNER shop_owner");
        }
    }

    /**
     * Two priorities: the workload that accepts orders stops first; the one that processes them stops last and starts
     * first.
     */
    private static void deploy(SampleWorkloads workloads) {
        workloads.deployment("web", 3);
        workloads.autoscaler("web", 2, 10);
        workloads.deployment("api", 2);
        workloads.deployment("worker", 1);
        workloads.expectedScale(RELEASE, "web", 3, 10);
        workloads.expectedScale(RELEASE, "api", 2, 10);
        workloads.expectedScale(RELEASE, "worker", 1, 0);
    }
}
