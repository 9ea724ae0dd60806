package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.spi.model.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The reason that a failed process reports.
 *
 * @param traced whether Python raised an exception; otherwise Alembic itself refused
 * @param reason in one line: the exception as Python prints it, or Alembic's own message
 * @param hint   what the server advises (HINT); may be empty. Its DETAIL may hold rows of the application and is left
 *               out
 * @param frames the source lines of the exception, the innermost last
 */
record FailureOutput(boolean traced, String reason, String hint, List<Location> frames) {

    private static final String TRACEBACK = "Traceback (most recent call last):";
    private static final String FAILED = "FAILED: ";
    private static final Pattern FRAME = Pattern.compile("^ +File \"([^\"]+)\", line (\\d+).*");
    private static final Pattern SERVER = Pattern.compile("^HINT: +(.*)");
    private static final int LONGEST = 500;

    FailureOutput {
        frames = List.copyOf(frames);
    }

    static FailureOutput of(Output output) {
        List<String> all = new ArrayList<>(output.lines());
        all.addAll(output.errors());
        int start = all.lastIndexOf(TRACEBACK);
        return start < 0 ? plain(output, all) : traced(all.subList(start + 1, all.size()));
    }

    /** The reason of a process that ended without an answer: its earlier output may not be about the reason. */
    static FailureOutput ofEnded(Output output) {
        List<String> lines = output.errors();
        if (output.exit() == 1 && lines.contains(TRACEBACK)) {
            return of(output);
        }
        String how = output.exit() > 128 ? ended(output.exit()) : " (exit code " + output.exit() + ")";
        String last =
                last(lines).map(line -> "; the last that it printed: " + line).orElse("");
        return new FailureOutput(
                false, shortened("its process ended" + how + " before it answered" + last), "", List.of());
    }

    /** The innermost source line of the exception that is inside of that directory. */
    Optional<Location> in(Path directory) {
        return frames.stream()
                .filter(frame -> directory.resolve(frame.file()).normalize().startsWith(directory))
                .reduce((outer, inner) -> inner);
    }

    private static FailureOutput traced(List<String> lines) {
        List<String> frames = lines.stream()
                .takeWhile(line -> line.isBlank() || line.startsWith(" "))
                .toList();
        List<String> message = lines.subList(frames.size(), lines.size());
        String reason = message.stream().findFirst().orElse("an exception without a name");
        List<String> hints = message.stream()
                .takeWhile(line -> !line.startsWith("[SQL:"))
                .map(SERVER::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
        return new FailureOutput(true, shortened(reason), String.join(" ", hints), locations(frames));
    }

    private static List<Location> locations(List<String> frames) {
        return frames.stream()
                .map(FRAME::matcher)
                .filter(Matcher::matches)
                .filter(matcher -> !matcher.group(1).startsWith("<"))
                .map(matcher -> new Location(matcher.group(1), Integer.parseInt(matcher.group(2)), 0, ""))
                .toList();
    }

    private static FailureOutput plain(Output output, List<String> lines) {
        Stream<String> refused = lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith(FAILED))
                .map(line -> line.substring(FAILED.length()));
        String reason = refused.findFirst().or(() -> last(lines)).orElse("it said nothing");
        return new FailureOutput(false, shortened(reason) + ended(output.exit()), "", List.of());
    }

    private static Optional<String> last(List<String> lines) {
        return lines.stream().map(String::strip).filter(line -> !line.isEmpty()).reduce((before, after) -> after);
    }

    private static String ended(int exit) {
        return exit > 128 && exit < 160 ? " (ended by signal " + (exit - 128) + ")" : "";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
