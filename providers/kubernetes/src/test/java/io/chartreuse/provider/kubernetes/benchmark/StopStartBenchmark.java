package io.chartreuse.provider.kubernetes.benchmark;

import io.chartreuse.provider.kubernetes.ClusterFixture;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the engine with the cluster alone, round by round, and prints the medians. */
public final class StopStartBenchmark {

    private StopStartBenchmark() {}

    /** Arguments, all optional: workloads (100), rounds (5), parallelism (128). */
    public static void main(String[] arguments) throws Exception {
        int workloads = argument(arguments, 0, 100);
        int rounds = argument(arguments, 1, 5);
        int parallelism = argument(arguments, 2, 128);
        Path kubeconfig = Path.of(Optional.ofNullable(System.getenv(ClusterFixture.KUBECONFIG_VARIABLE))
                .orElseThrow(() -> new IllegalStateException("set " + ClusterFixture.KUBECONFIG_VARIABLE)));
        Config config = new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                .withMaxConcurrentRequests(workloads)
                .withMaxConcurrentRequestsPerHost(workloads)
                .withHttp2Disable(true)
                .withRequestTimeout(60_000)
                .build();
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(config).build();
                BenchmarkNamespace namespace = new BenchmarkNamespace(client, workloads)) {
            compare(
                    new ClusterAlone(client, namespace),
                    new WithEngine(kubeconfig, namespace, parallelism),
                    namespace,
                    rounds);
        }
    }

    private static void compare(ClusterAlone cluster, WithEngine engine, BenchmarkNamespace namespace, int rounds)
            throws Exception {
        List<Duration> alone = new ArrayList<>();
        List<Duration> with = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            namespace.awaitSteady();
            alone.add(cluster.measure());
            namespace.awaitSteady();
            with.add(engine.measure());
            print("round %d", round, alone.get(round - 1), with.get(round - 1));
        }
        print("median of %d", rounds, median(alone), median(with));
    }

    private static void print(String title, int number, Duration alone, Duration with) {
        System.out.printf(
                "%-12s cluster alone %6.2f s   with the engine %6.2f s   ratio %.2f%n",
                title.formatted(number),
                alone.toMillis() / 1000.0,
                with.toMillis() / 1000.0,
                (double) with.toMillis() / alone.toMillis());
    }

    private static Duration median(List<Duration> measured) {
        return measured.stream().sorted().toList().get(measured.size() / 2);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }
}
