package io.chartreuse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.testkit.InMemoryWorld;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a release that an earlier build left behind, and command lines of today's code that are run on it. */
final class StoredRelease {

    private static final Path ALL = Path.of("src/test/resources/stored");

    /** Later than anything that was stored, and not so late that plans have lapsed. */
    private static final Clock LATER = Clock.fixed(Instant.parse("2026-12-01T08:00:00Z"), ZoneOffset.UTC);

    private final Path directory;
    private final Desk desk;

    private StoredRelease(Path directory) {
        this.directory = directory;
        this.desk = new Desk(directory, new InMemoryWorld());
        desk.clock = LATER;
        desk.environment.put("SHOP_PG_URL", "jdbc:postgresql://127.0.0.1:1/shop");
    }

    /** Copies the release into the directory. */
    static StoredRelease copy(String name, Path directory) throws IOException {
        StoredRelease release = new StoredRelease(directory);
        Path source = ALL.resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.write(copy, Files.readAllBytes(file));
            }
        }
        return release;
    }

    /** The stored releases whose directory has this file. */
    static List<String> with(String file) {
        try (Stream<Path> files = Files.walk(ALL)) {
            return files.filter(path -> path.endsWith(file))
                    .map(path -> ALL.relativize(path.getParent()).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StoredRelease environment(String name, String value) {
        desk.environment.put(name, value);
        return this;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Desk.Said run(String... words) {
        return desk.run(words);
    }

    /** What a command prints, as one JSON document. */
    JsonNode json(String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Desk.Said said = desk.runInto(
                out, Stream.concat(Stream.of(words), Stream.of("-o", "json")).toArray(String[]::new));
        if (said.code() != 0) {
            throw new AssertionError(said.all());
        }
        return Json.read(out.toString(StandardCharsets.UTF_8));
    }

    /** The documents of a folder of the file backend: plans, approvals, runs, state. */
    List<JsonNode> documents(String folder) throws IOException {
        Path home = directory.resolve("artifacts/shop").resolve(folder);
        if (!Files.exists(home)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home)) {
            return files.sorted().map(StoredRelease::content).toList();
        }
    }

    private static JsonNode content(Path artifact) {
        try {
            return Json.read(
                    Json.read(Files.readString(artifact)).get("content").textValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
