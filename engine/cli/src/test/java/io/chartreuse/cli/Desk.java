package io.chartreuse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.cli.command.Host;
import io.chartreuse.cli.command.LogSetup;
import io.chartreuse.cli.view.Streams;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.core.secret.Redactor;
import io.chartreuse.core.session.Version;
import io.chartreuse.testkit.InMemoryWorld;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A directory with a configuration over a world in memory, and command lines that are tried there. */
final class Desk {

    static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");

    final Path directory;
    final InMemoryWorld world;
    final Path config;
    final Map<String, String> environment = new HashMap<>(Map.of("USER", "ada", "HOSTNAME", "laptop"));
    Set<Integer> terminals = Set.of();
    boolean unicode = true;
    String input = "";
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    /** Hears all that stands in standard error so far, whenever something is added. */
    Consumer<String> listener = text -> {};

    Desk(Path directory, InMemoryWorld world) {
        this.directory = directory;
        this.world = world;
        this.config = directory.resolve("chartreuse.yaml");
        configure("");
    }

    /** A desk over one database with three pending migrations and two workloads. */
    static Desk usual(Path directory) {
        return new Desk(
                directory,
                new InMemoryWorld()
                        .database("main", 5, 8)
                        .database("stock", 2, 2)
                        .workload("web", 10, 3)
                        .workload("worker", 0, 2));
    }

    /** Writes the configuration with more lines in the section of the world. */
    Desk configure(String more) {
        MemoryProviderFactory.register(directory, world);
        String section = more.isEmpty() ? "memory: {}\n" : "memory:\n" + more;
        return write("version: 1\nrelease: shop\nbackend: file\n" + section);
    }

    /** Writes this configuration. */
    Desk write(String text) {
        try {
            Files.writeString(config, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Desk onTerminal(String answer) {
        terminals = Set.of(Streams.IN, Streams.OUT, Streams.ERR);
        input = answer;
        return this;
    }

    /** Runs a command line with this configuration. */
    Said run(String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--config";
        all[words.length + 1] = config.toString();
        return runBare(all);
    }

    /** Runs a command line that does not say which configuration. */
    Said runBare(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter() {
            @Override
            public void write(String text, int offset, int length) {
                super.write(text, offset, length);
                listener.accept(toString());
            }
        };
        int code = run(
                new Streams(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        new BufferedReader(new StringReader(input)),
                        terminals,
                        unicode),
                words);
        return new Said(code, plain(out.toString()), plain(err.toString()));
    }

    /** Runs a command line with this configuration, whose results go there. */
    Said runInto(OutputStream results, String... words) {
        environment.put("CHARTREUSE_CONFIG", config.toString());
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams =
                Streams.over(results, err, InputStream.nullInputStream(), StandardCharsets.UTF_8, terminals, unicode);
        int code = run(streams, words);
        return new Said(code, "", plain(err.toString(StandardCharsets.UTF_8)));
    }

    private int run(Streams streams, String... words) {
        Host host = new Host(environment, clock, streams, Registry::installed, new Redactor(), LogSetup.NONE);
        return new Chartreuse(host).run(words);
    }

    /** What differs from run to run is replaced. */
    private String plain(String text) {
        return text.replace(directory.toString(), "DIRECTORY")
                .replaceAll("z-[0-9a-f]{6}\\b", "z-3fa2c1")
                .replaceAll("\\b[0-9a-f]{64}\\b", "6f0c2a9b1d33".repeat(5) + "6f0c")
                .replaceAll("\\b[0-9a-f]{12}\\b", "6f0c2a9b1d33")
                .replace(Version.current(), "VERSION")
                .replaceAll("pid \\d+", "pid 7");
    }

    /** What a command printed, and its exit code. */
    record Said(int code, String out, String err) {

        JsonNode json() {
            try {
                return Json.read(out);
            } catch (IOException e) {
                throw new AssertionError("not one JSON document: " + out, e);
            }
        }

        /** All of it, as golden files keep it. */
        String all() {
            return "exit code " + code + "\n--- standard output\n" + out
                    + (err.isEmpty() ? "" : "--- standard error\n" + err);
        }
    }
}
