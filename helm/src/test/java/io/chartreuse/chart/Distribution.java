package io.chartreuse.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The distribution that people download, unpacked.
 *
 * @param home the folder with {@code bin} and {@code lib}
 */
record Distribution(Path home) {

    private static final String NAME = "chartreuse-" + System.getProperty("chartreuse.version");
    private static final Path ARCHIVE = Path.of("../engine/cli/target", NAME + ".tar.gz");
    private static final int MINUTES = 3;

    /** The output and the exit code of a command. */
    record Outcome(int code, String output) {}

    static Distribution unpack(Path directory) {
        Outcome unpacked =
                run(Map.of(), List.of("tar", "-xzf", ARCHIVE.toAbsolutePath().toString(), "-C", directory.toString()));
        if (unpacked.code() != 0) {
            throw new IllegalStateException(ARCHIVE + " cannot be unpacked: " + unpacked.output());
        }
        return new Distribution(directory.resolve(NAME));
    }

    Path launcher() {
        return home.resolve("bin/chartreuse");
    }

    /** Calls it as a person or a pipeline does. */
    Outcome call(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(Arrays.asList(arguments));
        return run(environment, command);
    }

    private static Outcome run(Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile("output", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            String said = Files.readString(output);
            Files.delete(output);
            return new Outcome(ended ? process.exitValue() : -1, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command.toString(), e);
        }
    }
}
