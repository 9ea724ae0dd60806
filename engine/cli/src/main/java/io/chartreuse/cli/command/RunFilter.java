package io.chartreuse.cli.command;

import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.spi.text.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which runs are meant; all options have to fit. */
final class RunFilter {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.class,
            description =
                    "Only runs that began then or later: 2026-11-22, 2026-11-22T07:00:00Z, or how long ago (12h, 7d).")
    private Moment since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "Only runs that began before; written like --since.")
    private Moment until;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            split = ",",
            converter = OutcomeWord.class,
            description =
                    "Only runs with this outcome, or one of several: succeeded, failed, interrupted, superseded, running.")
    private List<Outcome> outcomes = List.of();

    @Option(
            names = "--plan",
            paramLabel = "ID",
            description = "Only runs of this plan: its id, or the first digits of it.")
    private String plan = "";

    /** Whether something is asked for, so that runs may be left out. */
    boolean isActive() {
        return since != null || until != null || !outcomes.isEmpty() || !plan.isEmpty();
    }

    /** @param now what times of ago are counted from */
    boolean admits(Run run, Instant now) {
        return (since == null || !run.startedAt().isBefore(since.at(now)))
                && (until == null || run.startedAt().isBefore(until.at(now)))
                && (outcomes.isEmpty() || outcomes.contains(run.outcome()))
                && run.planId().startsWith(plan.startsWith("sha256:") ? plan : "sha256:" + plan);
    }

    /** A point in time, or how long ago it was. */
    static final class Moment implements ITypeConverter<Moment> {

        private static final long HOURS = 24;

        private Instant point;
        private Duration ago;

        Instant at(Instant now) {
            return point != null ? point : now.minus(ago);
        }

        @Override
        public Moment convert(String text) {
            Moment moment = new Moment();
            try {
                if (text.matches("[0-9]{1,5}d")) {
                    moment.ago = Duration.ofHours(HOURS * Long.parseLong(text.substring(0, text.length() - 1)));
                } else if (text.matches("[0-9]+[a-z]+")) {
                    moment.ago = DurationText.parse(text);
                } else {
                    moment.point = text.length() == "2026-11-22".length()
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text);
                }
                return moment;
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not a time: write 2026-11-22, 2026-11-22T07:00:00Z, 12h or 7d");
            }
        }
    }

    /** One of the words that runs use. */
    static final class OutcomeWord implements ITypeConverter<Outcome> {

        @Override
        public Outcome convert(String text) {
            return Arrays.stream(Outcome.values())
                    .filter(outcome -> outcome.word().equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                            + Arrays.stream(Outcome.values()).map(Outcome::word).collect(Collectors.joining(", "))));
        }
    }
}
