package io.chartreuse.core.configuration;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Says in plain words why a text is not YAML. Never quotes the text: it may hold a secret. */
final class YamlSyntax {

    /** What the parser says; what we say ({@code $1}, … and {@code @} for the line where it began); the remedy. */
    private record Explanation(Pattern parser, String summary, String remedy) {
        Explanation(String parser, String summary, String remedy) {
            this(Pattern.compile(parser, Pattern.DOTALL), summary, remedy);
        }
    }

    private static final Explanation TEMPLATE = new Explanation(
            ".*",
            "an unrendered template (`{{ … }}`) stands here",
            "Render the file first (`helm template`): Chartreuse reads the result.");

    private static final List<Explanation> EXPLANATIONS = List.of(
            new Explanation(".*'\\\\t\\(TAB\\)'.*", "a tab stands where only spaces may", "Indent with spaces."),
            new Explanation(
                    ".*found character '?(\\S)'? ?that cannot start any token.*",
                    "a value begins with `$1`, which YAML keeps for itself",
                    "Put the value in quotes."),
            new Explanation(
                    ".*mapping values are not allowed here.*",
                    "a second `: ` stands on the line, or the line is indented too far",
                    "Indent the line like its neighbours; put text that holds `: ` in quotes."),
            new Explanation(
                    ".*while scanning a quoted scalar.*end of stream.*",
                    "the quote that opens on line @ is not closed",
                    "Close it."),
            new Explanation(
                    ".*while scanning a quoted scalar.*document separator.*",
                    "the quote that opens on line @ is not closed",
                    "Close it."),
            new Explanation(
                    ".*double-quoted scalar.*escape.*",
                    "an unknown escape (`\\`) stands in double quotes",
                    "Use single quotes, in which `\\` means itself."),
            new Explanation(
                    ".*while parsing a flow (?:sequence|mapping|node).*",
                    "the bracket that opens on line @ is not closed",
                    "Close it, with commas between what it holds."),
            new Explanation(
                    ".*could not find expected ':'.*",
                    "a key without a colon stands on line @",
                    "Write `key: value`, with a space behind the colon."),
            new Explanation(
                    ".*while parsing a block (?:mapping|collection).*",
                    "the line does not fit to the one on line @ that it belongs to",
                    "Indent what belongs together alike."),
            new Explanation(
                    ".*found undefined alias (\\S+).*",
                    "no anchor `&$1` stands before the alias `*$1`",
                    "Define the anchor above, or put text that begins with `*` in quotes."),
            new Explanation(
                    ".*aliases unfold to more than.*",
                    "the aliases unfold to more values than any configuration has",
                    "Use fewer aliases."),
            new Explanation(
                    ".*the file holds more than (\\d+) values.*",
                    "the file holds more than $1 values, which no configuration does",
                    "Name the configuration's file; this is another."),
            new Explanation(
                    ".*Nesting Depth exceeded.*", "the settings are nested too deeply", "Nest them less deeply."));

    private static final Explanation UNKNOWN =
            new Explanation(".*", "the text is not YAML from here on", "Check this line and the one above it.");

    private YamlSyntax() {}

    static Diagnostic explain(String file, String text, YAMLException error) {
        if (error instanceof ReaderException character) {
            return unprintable(file, text, character);
        }
        Optional<MarkedYAMLException> marked =
                error instanceof MarkedYAMLException e ? Optional.of(e) : Optional.empty();
        Optional<Mark> mark = marked.map(MarkedYAMLException::getProblemMark);
        String said = marked.map(e -> e.getContext() + " " + e.getProblem()).orElse("" + error.getMessage());
        String began = marked.map(MarkedYAMLException::getContextMark)
                .or(() -> mark)
                .map(m -> String.valueOf(m.getLine() + 1))
                .orElse("?");
        Explanation explanation = template(text, mark) ? TEMPLATE : find(said);
        return diagnostic(explanation, said, began).at(location(file, mark));
    }

    private static Explanation find(String said) {
        return EXPLANATIONS.stream()
                .filter(explanation -> explanation.parser().matcher(said).matches())
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static Diagnostic diagnostic(Explanation explanation, String said, String began) {
        Matcher matcher = explanation.parser().matcher(said);
        String summary = explanation.summary().replace("@", began);
        if (matcher.matches() && matcher.groupCount() > 0) {
            summary = summary.replace("$1", matcher.group(1));
        }
        return Diagnostic.error(ConfigurationError.CONFIGURATION_SYNTAX, summary, explanation.remedy());
    }

    private static boolean template(String text, Optional<Mark> mark) {
        return mark.map(m -> text.lines().skip(m.getLine()).findFirst().orElse(""))
                .filter(line -> line.contains("{{"))
                .isPresent();
    }

    private static Location location(String file, Optional<Mark> mark) {
        return mark.map(m -> new Location(file, m.getLine() + 1, m.getColumn() + 1, ""))
                .orElse(Location.of(file));
    }

    private static Diagnostic unprintable(String file, String text, ReaderException character) {
        int end = text.offsetByCodePoints(0, Math.min(character.getPosition(), text.codePointCount(0, text.length())));
        String before = text.substring(0, end);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1;
        return Diagnostic.error(
                        ConfigurationError.CONFIGURATION_SYNTAX,
                        "the control character U+%04X stands here".formatted(character.getCodePoint()),
                        "Remove it.")
                .at(new Location(file, line, column, ""));
    }
}
