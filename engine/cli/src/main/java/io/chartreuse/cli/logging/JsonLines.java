package io.chartreuse.cli.logging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.view.LineForm;
import io.chartreuse.core.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** Messages for people, as log entries: {@code output/log.schema.json}. Lines without words are left out. */
public final class JsonLines implements LineForm {

    /** What speaks where no logger does. */
    static final String SPEAKER = "chartreuse";

    private final Clock clock;

    public JsonLines(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public String of(String text, Weight weight) {
        String said = text.strip();
        return said.isEmpty()
                ? ""
                : line(entry(clock.instant(), weight.name().toLowerCase(Locale.ROOT), SPEAKER, said));
    }

    /** The fields that all entries have. */
    static ObjectNode entry(Instant at, String level, String logger, String message) {
        return Json.object()
                .put("at", at.toString())
                .put("level", level)
                .put("logger", logger)
                .put("message", message);
    }

    static String line(ObjectNode entry) {
        return entry.toString() + "\n";
    }
}
