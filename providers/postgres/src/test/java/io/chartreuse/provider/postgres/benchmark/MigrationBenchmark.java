package io.chartreuse.provider.postgres.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the provider with Flyway, round by round, and prints the medians; then the peak memory of one process each.
 */
public final class MigrationBenchmark {

    private static final FlywayAlone ALONE = new FlywayAlone();
    private static final WithProvider WITH = new WithProvider();

    private final BenchmarkServer server;
    private final int rounds;

    private MigrationBenchmark(BenchmarkServer server, int rounds) {
        this.server = server;
        this.rounds = rounds;
    }

    /** Arguments, all optional: migrations to apply (1000), migrations to plan with (5000), rounds (5). */
    public static void main(String[] arguments) throws Exception {
        int applied = argument(arguments, 0, 1000);
        int planned = argument(arguments, 1, 5000);
        int rounds = argument(arguments, 2, 5);
        try (BenchmarkServer server = new BenchmarkServer()) {
            MigrationBenchmark benchmark = new MigrationBenchmark(server, rounds);
            Path many = BenchmarkServer.migrations(planned);
            String url = server.freshDatabase();
            benchmark.compare("plan, %d pending".formatted(planned), contestant -> contestant.plan(url, many));
            WITH.migrate(url, many);
            benchmark.compare("plan, %d applied".formatted(planned), contestant -> contestant.plan(url, many));
            Path some = BenchmarkServer.migrations(applied);
            benchmark.compare(
                    "apply %d".formatted(applied), contestant -> contestant.migrate(server.freshDatabase(), some));
            PeakMemory.print(server.freshDatabase(), many);
        }
    }

    private interface Measure {
        Duration of(Contestant contestant) throws Exception;
    }

    /** The first round warms up the virtual machine and does not count. */
    private void compare(String title, Measure measure) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Duration alone = measure.of(ALONE);
            Duration with = measure.of(WITH);
            double ratio = (double) with.toNanos() / alone.toNanos();
            print(title + (round == 0 ? ", cold" : ", round " + round), alone, with, ratio);
            if (round > 0) {
                ratios.add(ratio);
            }
        }
        System.out.printf("%-30s median ratio %.2f%n", title, median(ratios));
    }

    private static void print(String title, Duration alone, Duration with, double ratio) {
        System.out.printf(
                "%-30s Flyway %6.2f s   provider %6.2f s   ratio %.2f%n",
                title, alone.toMillis() / 1000.0, with.toMillis() / 1000.0, ratio);
    }

    private static double median(List<Double> measured) {
        return measured.stream().sorted().toList().get(measured.size() / 2);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }
}
