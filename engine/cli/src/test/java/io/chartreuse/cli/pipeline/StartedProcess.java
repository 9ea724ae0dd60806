package io.chartreuse.cli.pipeline;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a process used from its start to its end, as Linux reports it.
 *
 * @param time   the elapsed time that a user waits
 * @param cpu    of all its threads; what it did in its last few milliseconds is missing
 * @param memory the most that it held, in KiB
 */
record StartedProcess(Duration time, Duration cpu, long memory) {

    private static final int LOOK_MILLIS = 5;
    private static final Duration TICK = Duration.ofMillis(10);

    /** Runs the command to its end. */
    static StartedProcess run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.to(new File(directory.toFile(), "err.txt")));
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("CHARTREUSE_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        Process process = builder.start();
        Path seen = Path.of("/proc", Long.toString(process.pid()));
        Duration cpu = Duration.ZERO;
        long memory = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            cpu = cpu(seen).orElse(cpu);
            memory = Math.max(memory, memory(seen));
        }
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        if (process.exitValue() != 0) {
            throw new IOException(
                    String.join(" ", command) + " failed: " + Files.readString(directory.resolve("err.txt")));
        }
        return new StartedProcess(time, cpu, memory);
    }

    private static Optional<Duration> cpu(Path process) {
        return read(process.resolve("stat"))
                .map(text -> text.substring(text.lastIndexOf(')') + 2).split(" "))
                .map(fields -> TICK.multipliedBy(Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
    }

    private static long memory(Path process) {
        return read(process.resolve("status")).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    /** Empty where it has ended. */
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file)).filter(text -> !text.isEmpty());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
