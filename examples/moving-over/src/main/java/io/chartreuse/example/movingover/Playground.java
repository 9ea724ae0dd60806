package io.chartreuse.example.movingover;

import io.chartreuse.provider.kubernetes.ClusterFixture;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the world of the example until it gets SIGTERM: a PostgreSQL with an empty database that asks for the password
 * in the earlier YAML, and an API server in this process with the Deployment of release {@code shop}. Writes {@code
 * kubeconfig} into the folder of the story and, when all is up, the file {@code port}.
 */
public final class Playground {

    private static final Pattern PASSWORD = Pattern.compile("password: \"([^\"']+)\"");

    private Playground() {}

    /** @param arguments the earlier YAML, and the folder of the story */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        Path story = Path.of(arguments[1]);
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("password_encryption", "scram-sha-256")
                .start();
        ClusterFixture cluster = ClusterFixture.inProcess().withScaleDefinition();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(postgres, cluster, ended)));
        createDatabase(postgres, password(Path.of(arguments[0])));
        cluster.workloads().deployment("web", 3);
        cluster.workloads().expectedScale("shop", "web", 3, 0);
        cluster.writeKubeconfig(story.resolve("kubeconfig"));
        Path port = Files.writeString(story.resolve("port.new"), String.valueOf(postgres.getPort()));
        Files.move(port, story.resolve("port"));
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

    private static String password(Path yaml) throws IOException {
        Matcher matcher = PASSWORD.matcher(Files.readString(yaml));
        if (!matcher.find()) {
            throw new IllegalArgumentException(yaml + " has no password");
        }
        return matcher.group(1);
    }

    private static void createDatabase(EmbeddedPostgres postgres, String password) throws SQLException, IOException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE shop_migrator LOGIN PASSWORD '" + password + "'");
            statement.execute("CREATE DATABASE shop OWNER shop_migrator");
            try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
                file.next();
                Files.writeString(Path.of(file.getString(1)), """
                        host all postgres 127.0.0.1/32 trust
                        host all all 127.0.0.1/32 scram-sha-256
                        """);
            }
            statement.execute("SELECT pg_reload_conf()");
        }
    }
}
