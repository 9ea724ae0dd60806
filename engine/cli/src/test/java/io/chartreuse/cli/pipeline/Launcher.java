package io.chartreuse.cli.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Calls the packed distribution as a user does, and keeps all that it says. */
final class Launcher {

    private final Path binary;
    private final Path directory;
    private final Map<String, String> environment;
    private final List<Path> outputs = new ArrayList<>();

    Launcher(Path directory, Map<String, String> environment) {
        this(directory, environment, "chartreuse");
    }

    /** @param name of the launcher in the distribution */
    Launcher(Path directory, Map<String, String> environment, String name) {
        this.binary = Path.of(System.getProperty("chartreuse.distribution"), "bin", name);
        this.directory = directory;
        this.environment = environment;
    }

    /** A call that has ended. */
    record Result(int exitCode, String output) {}

    /** A call under way; both of its streams go into one file. */
    record Call(Process process, Path output) {

        String said() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until it has said so. */
        void awaitSaid(String text) throws InterruptedException {
            await(() -> said().contains(text), () -> "\"" + text + "\" should be in:\n" + said());
        }

        Result end() throws InterruptedException {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("it did not end:\n" + said());
            }
            return new Result(process.exitValue(), said());
        }
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).end();
    }

    Call start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        Path output = directory.resolve(binary.getFileName() + "-output-" + outputs.size() + ".txt");
        outputs.add(output);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Call(builder.start(), output);
    }

    private static void await(BooleanSupplier condition, Supplier<String> complaint) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(complaint.get());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
