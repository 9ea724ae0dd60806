package io.chartreuse.core.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.store.StoreError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.text.BoundedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Runs as {@code audit.sink} or {@code audit export} wrote them, the last line of each: what a record is compared with. A file
 * may hold runs of several releases.
 */
public final class ExportedRuns {

    private static final int LARGEST = 256 * 1024 * 1024;

    private final Map<Key, RecordedRun> runs;
    private final boolean complete;

    private record Key(Release release, String id) {}

    private ExportedRuns(Map<Key, RecordedRun> runs, boolean complete) {
        this.runs = runs;
        this.complete = complete;
    }

    /** @throws ChartreuseException where the file cannot be read, or a line is no run */
    public static ExportedRuns read(Path file) {
        Map<Key, RecordedRun> runs = new LinkedHashMap<>();
        int number = 0;
        for (String line : text(file).split("\n")) {
            number++;
            if (!line.isBlank()) {
                RecordedRun run = run(line, new Location(file.toString(), number, 1, ""));
                runs.put(new Key(run.run().release(), run.name()), run);
            }
        }
        return new ExportedRuns(runs, false);
    }

    /** The same, where each run since the first line has to be there, because {@code audit.sink} exports it. */
    public ExportedRuns complete() {
        return new ExportedRuns(runs, true);
    }

    private static RecordedRun run(String line, Location place) {
        try {
            JsonNode read = Json.read(line);
            RecordedRun run = RecordedRun.of(read.path("run"));
            if (run.digest().equals(read.path("digest").asText())) {
                return run;
            }
        } catch (JsonProcessingException | ChartreuseException | IllegalArgumentException e) {
            throw malformed("it is not a run as audit export writes it", place);
        }
        throw malformed("it was changed after it was exported: its digest is not that of its run", place);
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

    /**
     * What differs first between the record and what was exported of the release.
     *
     * @param retention which runs may be missing
     * @param isProven  whether only a run can have written a record
     */
    Optional<String> problem(
            Release release, VerifiedRuns verified, RemovalCheck retention, Predicate<RecordedRun> isProven) {
        List<RecordedRun> exported = runs.entrySet().stream()
                .filter(run -> run.getKey().release().equals(release))
                .map(Map.Entry::getValue)
                .toList();
        if (exported.isEmpty() && !verified.runs().isEmpty()) {
            return Optional.of("no line of what was exported is a run of release " + release + ", of which "
                    + verified.runs().size() + " are on record");
        }
        return new ExportComparison(exported, complete, verified, retention, isProven).problem();
    }
}
