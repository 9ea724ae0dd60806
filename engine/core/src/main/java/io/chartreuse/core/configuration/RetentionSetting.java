package io.chartreuse.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How much of the record is kept. What is empty knows no limit.
 *
 * @param runs  so many runs, the newest
 * @param age   runs that began no longer ago
 * @param plans plans that no run executed, made no longer ago
 */
public record RetentionSetting(Optional<Integer> runs, Optional<Duration> age, Optional<Duration> plans) {

    /** Everything is kept. */
    public static final RetentionSetting UNLIMITED =
            new RetentionSetting(Optional.empty(), Optional.empty(), Optional.empty());

    public RetentionSetting {
        Objects.requireNonNull(runs, "runs");
        Objects.requireNonNull(age, "age");
        Objects.requireNonNull(plans, "plans");
        runs.filter(count -> count < 1).ifPresent(count -> {
            throw new IllegalArgumentException("the newest run is always kept: " + count);
        });
    }

    /** Reads the setting, valid against the schema, with its defaults. */
    static RetentionSetting of(JsonNode setting) {
        return new RetentionSetting(
                Optional.of(setting.path("runs"))
                        .filter(JsonNode::isIntegralNumber)
                        .map(JsonNode::intValue),
                duration(setting.path("age").asText()),
                duration(setting.path("plans").asText()));
    }

    /** How many runs are kept and how long, for people. */
    public String said() {
        return runs.map(count -> count + " runs").orElse("all runs")
                + age.map(time -> " of the last " + time.toDays() + " days").orElse("");
    }

    /** Days or hours. */
    private static Optional<Duration> duration(String text) {
        if (!text.matches("[0-9]{1,5}[dh]")) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return Optional.of(text.endsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number));
    }
}
