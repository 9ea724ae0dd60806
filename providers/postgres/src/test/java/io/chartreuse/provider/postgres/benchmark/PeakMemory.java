package io.chartreuse.provider.postgres.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The peak memory of a separate process while it planned and while it migrated, as Linux reports it. */
final class PeakMemory {

    /** The distribution's options, with a heap that leaves room for the rest within 256 MB. */
    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms32m", "-Xmx128m");

    private PeakMemory() {}

    /** Runs the child and prints its result. */
    static void print(String url, Path migrations) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(1, OPTIONS);
        command.addAll(List.of(PeakMemory.class.getName(), url, migrations.toString()));
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** Arguments: URL of an empty database, directory of migrations. */
    public static void main(String[] arguments) throws Exception {
        WithProvider provider = new WithProvider();
        Path migrations = Path.of(arguments[1]);
        provider.plan(arguments[0], migrations);
        print("planning, all pending");
        provider.migrate(arguments[0], migrations);
        print("migrating");
    }

    private static void print(String title) throws Exception {
        String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .orElse("unknown");
        System.out.printf("peak memory after %s: %s%n", title, peak.replaceAll("\\s+", " "));
    }
}
