package io.chartreuse.cli.pipeline;

import io.chartreuse.provider.kubernetes.SampleWorkloads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.logging.LogManager;

/**
 * From exec to exit: a plan that finds nothing to do, with one database of 50 applied migrations (embedded, its password
 * asked for) and 10 Deployments with autoscalers on the API server that {@code CHARTREUSE_TEST_KUBECONFIG} names; besides
 * {@code validate} and {@code --help}. Each Java with and without its class cache, round by round.
 *
 * <p>Arguments: the number of rounds, the distribution, and Java homes; without one, the runtime that the distribution
 * brings along.
 */
public final class StartupBenchmark {

    private static final int MIGRATIONS = 50;
    private static final int DEPLOYMENTS = 10;
    private static final String PASSWORD = "benchmark";
    private static final Map<String, List<String>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("plan, nothing to do", List.of("plan"));
        COMMANDS.put("validate", List.of("validate"));
        COMMANDS.put("--help", List.of("--help"));
    }

    private final Path directory;
    private final Path distribution;
    private final PrintStream out;

    private StartupBenchmark(Path directory, Path distribution, PrintStream out) {
        this.directory = directory;
        this.distribution = distribution;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        int rounds = Integer.parseInt(arguments[0]);
        Path directory = Files.createTempDirectory("chartreuse-startup");
        StartupBenchmark benchmark =
                new StartupBenchmark(directory, Path.of(arguments[1]).toAbsolutePath(), System.out);
        try (Shop shop = new Shop(directory, PASSWORD)) {
            benchmark.furnish(shop);
            Map<String, Map<String, String>> variants =
                    benchmark.variants(List.of(arguments).subList(2, arguments.length));
            for (String title : COMMANDS.keySet()) {
                benchmark.measure(title, variants, rounds);
            }
        }
        System.exit(0);
    }

    private void furnish(Shop shop) throws Exception {
        SampleWorkloads workloads = shop.cluster().workloads();
        for (int i = 2; i < DEPLOYMENTS; i++) {
            workloads.deployment("more-" + i, 1);
            workloads.autoscaler("more-" + i, 1, 3);
            workloads.expectedScale("shop", "more-" + i, 1, 0);
        }
        for (int i = 1; i <= MIGRATIONS; i++) {
            shop.migration(
                    "V" + i + "__table_" + i + ".sql", "CREATE TABLE table_" + i + " (id bigint PRIMARY KEY);\n");
        }
        shop.configure("{env: SHOP_PASSWORD}");
        run(Map.of(), "apply", "--yes");
        out.printf("API server: %s%n", shop.cluster().isReal() ? "a real one" : "in this process, so without TLS");
    }

    private Map<String, Map<String, String>> variants(List<String> homes) throws Exception {
        Map<String, Map<String, String>> variants = new LinkedHashMap<>();
        for (String home : homes.isEmpty() ? List.of("") : homes) {
            Map<String, String> java = home.isEmpty() ? Map.of() : Map.of("JAVA_HOME", home);
            String name = home.isEmpty()
                    ? "its own runtime"
                    : Path.of(home).getFileName().toString();
            variants.put(name + ", plain", with(java, "CHARTREUSE_CACHE", "off"));
            variants.put(name + ", with its cache", home.isEmpty() ? java : recorded(java, name));
        }
        return variants;
    }

    private Map<String, String> recorded(Map<String, String> java, String name) throws Exception {
        Path cache = directory.resolve("cache-" + name);
        StartedProcess.run(
                directory,
                with(java, "SHOP_PASSWORD", PASSWORD),
                distribution.resolve("bin/chartreuse-cache").toString(),
                "--into",
                cache.toString(),
                "plan");
        return with(java, "CHARTREUSE_CACHE", cache.toString());
    }

    private void measure(String title, Map<String, Map<String, String>> variants, int rounds) throws Exception {
        Map<String, List<StartedProcess>> taken = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Map<String, String>> variant : variants.entrySet()) {
                taken.computeIfAbsent(variant.getKey(), none -> new ArrayList<>())
                        .add(run(variant.getValue(), COMMANDS.get(title).toArray(String[]::new)));
            }
        }
        out.printf("%n%s, medians of %d (least)%n", title, rounds);
        taken.forEach((variant, runs) -> out.printf(
                "  %-46s %5.2f s (%.2f)  processor %5.2f s (%.2f)  peak memory %4.0f MB%n",
                variant,
                median(runs, run -> run.time().toMillis() / 1e3),
                least(runs, run -> run.time().toMillis() / 1e3),
                median(runs, run -> run.cpu().toMillis() / 1e3),
                least(runs, run -> run.cpu().toMillis() / 1e3),
                median(runs, run -> run.memory() / 1024.0)));
    }

    private StartedProcess run(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(distribution.resolve("bin/chartreuse").toString()));
        command.addAll(List.of(words));
        return StartedProcess.run(
                directory, with(environment, "SHOP_PASSWORD", PASSWORD), command.toArray(String[]::new));
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return more;
    }

    private static double median(List<StartedProcess> runs, ToDoubleFunction<StartedProcess> value) {
        return runs.stream()
                .mapToDouble(value)
                .sorted()
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double least(List<StartedProcess> runs, ToDoubleFunction<StartedProcess> value) {
        return runs.stream().mapToDouble(value).min().orElseThrow();
    }
}
