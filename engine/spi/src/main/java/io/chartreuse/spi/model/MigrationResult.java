package io.chartreuse.spi.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one migration of a step ended.
 *
 * @param script  as the plan names it
 * @param took    how long it ran; empty where that was not measured: the database was read and found to have it
 * @param timeline which line of the server's history it was written to: counts the promotions; empty where that is not known
 */
public record MigrationResult(String script, Outcome outcome, Optional<Duration> took, OptionalInt timeline) {

    /** How it ended. */
    public enum Outcome {
        /** It is committed. */
        APPLIED,
        /** It failed; the step's message says with what. */
        FAILED;

        /** The word that runs and output use. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public MigrationResult {
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(timeline, "timeline");
        if (took.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException(script + " took " + took.get().toMillis() + " ms");
        }
    }

    /** One of which the timeline is not known. */
    public MigrationResult(String script, Outcome outcome, Optional<Duration> took) {
        this(script, outcome, took, OptionalInt.empty());
    }

    /** The same on that timeline. */
    public MigrationResult on(int number) {
        return new MigrationResult(script, outcome, took, OptionalInt.of(number));
    }

    /** One that was committed after so long. */
    public static MigrationResult applied(String script, Duration took) {
        return new MigrationResult(script, Outcome.APPLIED, Optional.of(took));
    }

    /** One that the database was found to have. */
    public static MigrationResult found(String script) {
        return new MigrationResult(script, Outcome.APPLIED, Optional.empty());
    }

    /** One that failed after so long. */
    public static MigrationResult failed(String script, Duration took) {
        return new MigrationResult(script, Outcome.FAILED, Optional.of(took));
    }
}
