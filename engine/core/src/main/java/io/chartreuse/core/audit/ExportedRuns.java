package io.chartreuse.core.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.json.Shown;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.store.StoreError;
import io.chartreuse.spi.BoundedFile;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Runs as {@code audit.sink} or {@code audit export} wrote them, the last line of each: what a record is compared with. */
public final class ExportedRuns {

    private static final int LARGEST = 256 * 1024 * 1024;

    private final Map<String, Exported> runs;

    private record Exported(String digest, Instant startedAt, boolean ended) {}

    private ExportedRuns(Map<String, Exported> runs) {
        this.runs = runs;
    }

    /** @throws ChartreuseException where the file cannot be read, or a line is no run */
    public static ExportedRuns read(Path file) {
        Map<String, Exported> runs = new LinkedHashMap<>();
        int number = 0;
        for (String line : text(file).split("\n")) {
            number++;
            if (!line.isBlank()) {
                try {
                    JsonNode read = Json.read(line);
                    JsonNode run = read.path("run");
                    Exported exported = new Exported(
                            read.path("digest").asText(),
                            Instant.parse(run.path("startedAt").asText()),
                            run.has("endedAt"));
                    runs.put(run.path("id").asText(), exported);
                } catch (JsonProcessingException | DateTimeException e) {
                    throw malformed(
                            "it is no run as audit export writes it", new Location(file.toString(), number, 1, ""));
                }
            }
        }
        return new ExportedRuns(runs);
    }

    private static String text(Path file) {
        try {
            return new String(BoundedFile.read(file, LARGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw malformed("it cannot be read (" + e.getClass().getSimpleName() + ")", Location.of(file.toString()));
        }
    }

    private static ChartreuseException malformed(String why, Location place) {
        return new ChartreuseException(Diagnostic.error(
                        StoreError.NOT_FOUND,
                        "this is nothing to compare the record with: " + why,
                        "Name a file that audit.sink or `chartreuse audit export` wrote.")
                .at(place));
    }

    /** The first that is missing, or is not what was exported. A removal was found to be one of retention by then. */
    Optional<String> problem(Verified verified) {
        Map<String, Recorded> there = new LinkedHashMap<>();
        verified.runs().forEach(run -> there.put(run.name(), run));
        return runs.entrySet().stream()
                .flatMap(run -> problem(run.getKey(), run.getValue(), there, verified).stream())
                .findFirst();
    }

    private static Optional<String> problem(
            String id, Exported exported, Map<String, Recorded> there, Verified verified) {
        Recorded recorded = there.get(id);
        if (recorded == null) {
            boolean removed = verified.removed().isPresent()
                    && exported.startedAt()
                            .isBefore(verified.runs().get(0).run().startedAt());
            return removed
                    ? Optional.empty()
                    : Optional.of("run " + Shown.plain(id) + " was exported and is not on record");
        }
        return !exported.ended() || RunDocument.digests(recorded.document()).contains(exported.digest())
                ? Optional.empty()
                : Optional.of("the record of run " + id + " is not what was exported: its digest is "
                        + recorded.digest() + " and was " + Shown.plain(exported.digest()));
    }
}
