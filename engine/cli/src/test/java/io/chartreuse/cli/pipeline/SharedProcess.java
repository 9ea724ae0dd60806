package io.chartreuse.cli.pipeline;

import io.chartreuse.cli.Chartreuse;
import io.chartreuse.cli.command.Host;
import io.chartreuse.cli.logging.Logging;
import io.chartreuse.cli.pipeline.Launcher.Result;
import io.chartreuse.cli.view.Streams;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.core.secret.Redactor;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The packed distribution in one process of its own that runs many command lines, one after the other: for tests that look
 * at what commands leave behind and would otherwise wait for a virtual machine each.
 */
final class SharedProcess implements AutoCloseable {

    private final Path directory;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;
    private int calls;

    /**
     * @param directory   where it runs, and where all that it says is kept
     * @param classes     a folder for the one class that the distribution has not
     * @param environment what it is given beside our own
     */
    SharedProcess(Path directory, Path classes, Map<String, String> environment, String... options) throws IOException {
        this.directory = directory;
        copyOf(Inside.class, classes);
        ProcessBuilder builder = new ProcessBuilder(command(classes, options))
                .directory(directory.toFile())
                .redirectError(directory.resolve("process-errors.txt").toFile());
        builder.environment().putAll(environment);
        this.process = builder.start();
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    private static void copyOf(Class<?> type, Path classes) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        Files.createDirectories(classes.resolve(file).getParent());
        try (InputStream code = type.getClassLoader().getResourceAsStream(file)) {
            Files.copy(code, classes.resolve(file));
        }
    }

    private static List<String> command(Path classes, String... options) {
        String libraries = Path.of(System.getProperty("chartreuse.distribution"), "lib") + "/*";
        List<String> words = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        words.addAll(List.of(options));
        words.addAll(List.of("-cp", libraries + ":" + classes, Inside.class.getName()));
        return words;
    }

    /** Runs the words to their end. */
    Result run(String... words) throws IOException {
        Path output = directory.resolve("shared-output-" + calls++ + ".txt");
        requests.write(output + "\t" + String.join("\t", words) + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null || !answer.matches("exit \\d+")) {
            throw new AssertionError("unexpected on its standard output: " + answer + "\n"
                    + Files.readString(directory.resolve("process-errors.txt")));
        }
        return new Result(Integer.parseInt(answer.substring(5)), Files.readString(output));
    }

    @Override
    public void close() throws IOException {
        requests.close(); // so it ends
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What runs in that process. Each line is a file for what is said, and the words, with tabs between them. */
    static final class Inside {

        private Inside() {}

        public static void main(String[] none) throws IOException {
            PrintStream answers = System.out;
            System.setOut(System.err);
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split("\t");
                try (PrintWriter output = new PrintWriter(parts[0], StandardCharsets.UTF_8)) {
                    answers.println("exit " + run(output, List.of(parts).subList(1, parts.length)));
                }
            }
            System.exit(0);
        }

        /** As the process's own beginning does it, but for where it writes. */
        private static int run(PrintWriter output, List<String> words) {
            Host host = new Host(
                    System.getenv(),
                    Clock.systemUTC(),
                    new Streams(output, output, new BufferedReader(new StringReader("")), Set.of(), true),
                    Registry::installed,
                    new Redactor(),
                    Logging::configure);
            return new Chartreuse(host).run(words.toArray(String[]::new));
        }
    }
}
