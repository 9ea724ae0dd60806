package io.chartreuse.chart;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The application of {@code examples/migrations-from/config-map}, deployed on the real server with a real database and
 * the real distribution: its Jobs are processes of this machine, which may do what the chart's Role permits.
 */
final class DeployedShop implements AutoCloseable {

    static final String V1 = "CREATE TABLE orders (id int)";
    static final String V2 = "ALTER TABLE orders ADD COLUMN state text";

    private static final Path EXAMPLE = Path.of("../examples/migrations-from/config-map");
    private static final String HELD_BY = "chartreuse.io/held-by";
    private static final long SECONDS = 300;

    private final Path chart;
    private final Path directory;
    private final Distribution distribution;
    private final TestCluster cluster = new TestCluster();
    private final RealDatabase database = RealDatabase.create();

    DeployedShop(Path directory, Distribution distribution) {
        this.directory = directory;
        this.distribution = distribution;
        this.chart = directory.resolve("shop");
        ChartFolder.copy(EXAMPLE, chart, text -> text);
        ChartFolder.copy(chart.resolve("charts/chartreuse"), text -> text);
        client().secrets()
                .inNamespace(cluster.namespace())
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("shop-pg")
                        .endMetadata()
                        .addToStringData("password", "not-asked-for")
                        .build())
                .create();
    }

    KubernetesClient client() {
        return cluster.client();
    }

    TestCluster cluster() {
        return cluster;
    }

    RealDatabase database() {
        return database;
    }

    /** The next revision has these migrations, V1 first. */
    void migrations(String... statements) {
        ChartFolder.clear(chart.resolve("migrations"));
        for (int at = 0; at < statements.length; at++) {
            ChartFolder.write(chart.resolve("migrations/V" + (at + 1) + "__step.sql"), statements[at] + ";\n");
        }
    }

    void install(String... values) {
        cluster.install(chart, files(values));
    }

    void upgrade(String... values) {
        cluster.upgrade(chart, files(values));
    }

    /** Like Helm's {@code --atomic}. */
    void upgradeOrRollBack(String... values) {
        cluster.upgradeOrRollBack(chart, files(values));
    }

    private Path[] files(String... values) {
        return Stream.concat(Stream.of(values()), Stream.of(values))
                .map(text -> {
                    Path file = directory.resolve(Integer.toHexString(text.hashCode()) + ".yaml");
                    ChartFolder.write(file, text);
                    return file;
                })
                .toArray(Path[]::new);
    }

    /** Mounts the migrations at a path that this machine has, too, so that a plan can be made here. */
    private String values() {
        return """
                chartreuse:
                  command: [%s]
                  config:
                    postgres:
                      databases:
                        main: {url: "%s", user: postgres, migrations: {locations: [%3$s]}}
                  volumeMounts: [{name: migrations, mountPath: %3$s}]
                """.formatted(distribution.launcher(), database.url(), chart.resolve("migrations"));
    }

    /** Plans with the release's configuration, as a pipeline does, and stores the plan. @return its id */
    String plan() {
        Path configuration = directory.resolve("chartreuse.yaml");
        ChartFolder.write(
                configuration,
                client().configMaps()
                        .inNamespace(cluster.namespace())
                        .withName("shop-chartreuse-config")
                        .get()
                        .getData()
                        .get("chartreuse.yaml"));
        Distribution.Outcome planned = distribution.call(
                Map.of("KUBECONFIG", System.getenv(TestCluster.VARIABLE), "SHOP_PG_PASSWORD", "not-asked-for"),
                "plan",
                "--config",
                configuration.toString(),
                "--store",
                "--output",
                "json");
        return Stream.of(planned.output().split("\""))
                .filter(word -> word.matches("sha256:[0-9a-f]{64}"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no plan: " + planned));
    }

    Job job(String component) {
        return client().batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withName("shop-chartreuse-" + component)
                .get();
    }

    /** Waits for the end of a Job that Helm does not wait for. */
    Job ended(String component) {
        return client().batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withName("shop-chartreuse-" + component)
                .waitUntilCondition(
                        job -> job != null && job.getStatus().getCompletionTime() != null, SECONDS, TimeUnit.SECONDS);
    }

    /** The pod's termination message: why it failed, and what to do. */
    String message(String component) {
        return client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("job-name", "shop-chartreuse-" + component)
                .list()
                .getItems()
                .stream()
                .map(Pod::getStatus)
                .flatMap(status -> status.getContainerStatuses().stream())
                .map(container -> container.getState().getTerminated())
                .map(end -> end.getExitCode() + " " + end.getMessage())
                .findFirst()
                .orElse("");
    }

    private Deployment web() {
        return client().apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName("web")
                .get();
    }

    int replicas() {
        return web().getSpec().getReplicas();
    }

    /** Whether the workload carries a hold mark. */
    boolean held() {
        return Optional.ofNullable(web().getMetadata().getAnnotations().get(HELD_BY))
                .filter(holders -> !holders.equals("{}"))
                .isPresent();
    }

    /** How often the workload was stopped, according to Events. */
    long stops() {
        return client().v1().events().inNamespace(cluster.namespace()).list().getItems().stream()
                .map(Event::getReason)
                .filter("ChartreuseStopped"::equals)
                .count();
    }

    /** The number of plans and runs in the cluster. */
    long artifacts() {
        return client().configMaps()
                .inNamespace(cluster.namespace())
                .withLabel("chartreuse.io/release", "shop")
                .list()
                .getItems()
                .size();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
