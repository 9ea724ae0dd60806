package io.chartreuse.provider.kubernetes.benchmark;

import io.chartreuse.provider.kubernetes.ClusterFixture;
import io.chartreuse.provider.kubernetes.cluster.OurTransport;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Compares the engine with the cluster alone, round by round, and prints the medians. The cluster alone is measured
 * twice: with patches that only scale and pause, and with patches that also save the former state on the object, as
 * every tool must that may be killed. The second takes the cluster longer: it copies annotations of a Deployment to its
 * ReplicaSets.
 */
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
        try (KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientFactory(OurTransport.of(config))
                        .build();
                BenchmarkNamespace namespace = new BenchmarkNamespace(client, workloads)) {
            Runtime.getRuntime().addShutdownHook(new Thread(namespace::close, "benchmark-end"));
            compare(
                    List.of(
                            new ClusterAlone(client, namespace, false)::measure,
                            new ClusterAlone(client, namespace, true)::measure,
                            new WithEngine(kubeconfig, namespace, parallelism)::measure),
                    namespace,
                    rounds);
        }
    }

    private static void compare(List<Callable<Times>> contestants, BenchmarkNamespace namespace, int rounds)
            throws Exception {
        List<List<Times>> all = contestants.stream()
                .map(contestant -> (List<Times>) new ArrayList<Times>())
                .toList();
        System.out.println(
                "             cluster alone           alone, state written    with the engine         ratios");
        for (int round = 0; round < rounds; round++) {
            for (int contestant = 0; contestant < contestants.size(); contestant++) {
                namespace.awaitSteady();
                all.get(contestant).add(contestants.get(contestant).call());
            }
            int number = round;
            print(
                    "round " + (number + 1),
                    all.stream().map(times -> times.get(number)).toList());
        }
        print("medians", all.stream().map(StopStartBenchmark::median).toList());
    }

    private static void print(String title, List<Times> times) {
        double engine = times.get(2).total().toMillis();
        System.out.printf(
                "%-10s %s   %s   %s   %.2f  %.2f%n",
                title,
                times.get(0),
                times.get(1),
                times.get(2),
                engine / times.get(0).total().toMillis(),
                engine / times.get(1).total().toMillis());
    }

    private static Times median(List<Times> measured) {
        return measured.stream()
                .sorted(Comparator.comparing(Times::total))
                .toList()
                .get(measured.size() / 2);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }
}
