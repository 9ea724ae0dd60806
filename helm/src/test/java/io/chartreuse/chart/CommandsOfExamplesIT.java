package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in pages and pipelines have the options that the distribution has. */
class CommandsOfExamplesIT {

    private static final Pattern CALL = Pattern.compile(
            "(?m)(?:^|[\\s`|])chartreuse (plan|apply|approve|restore|repair|state|status|doctor|show|unlock|validate)((?: [^\\n`|&]*)?)");
    private static final Pattern OPTION = Pattern.compile(" (--[a-z-]+)");

    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+)  ");
    private static final Path README = Path.of("../README.md");

    @TempDir
    Path directory;

    /** The options of each command, wherever it is called. */
    private static SortedMap<String, Set<String>> calls() throws IOException {
        SortedMap<String, Set<String>> calls = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Example.HOME)) {
            for (Path file : Stream.concat(files, Stream.of(ChartFolder.CHART.resolve("README.md"), README))
                    .filter(path -> path.toString().matches(".*(\\.(md|ya?ml)|/ci/scripts/[a-z-]+)"))
                    .filter(path -> !path.toString().contains("target"))
                    .toList()) {
                Matcher call = CALL.matcher(ChartFolder.read(file));
                while (call.find()) {
                    Set<String> options = calls.computeIfAbsent(call.group(1), command -> new TreeSet<>());
                    OPTION.matcher(call.group(2)).results().forEach(option -> options.add(option.group(1)));
                }
            }
        }
        return calls;
    }

    @Test
    void eachOptionIsOneOfItsCommand() throws IOException {
        Distribution distribution = Distribution.unpack(directory);
        SortedMap<String, Set<String>> calls = calls();
        assertTrue(calls.get("plan").containsAll(List.of("--out", "--store")), calls::toString);
        calls.forEach((command, options) -> {
            Distribution.Outcome help = distribution.call(Map.of(), command, "--help");
            assertEquals(0, help.code(), help::output);
            assertFalse(help.output().isBlank());
            options.forEach(option -> assertTrue(
                    help.output().contains(option), () -> command + " has no " + option + ":\n" + help.output()));
        });
    }

    @Test
    void theReadmesTableHasEachCommand() {
        Distribution distribution = Distribution.unpack(directory);
        String readme = ChartFolder.read(README);
        for (String group : List.of("", "audit ", "config ")) {
            String help = distribution
                    .call(Map.of(), (group + "--help").split(" "))
                    .output()
                    .replaceFirst("(?s)\nExit codes.*", "");
            List<String> commands = COMMAND.matcher(help.substring(help.indexOf("\nCommands:")))
                    .results()
                    .map(command -> group + command.group(1))
                    .toList();
            assertFalse(commands.isEmpty(), help);
            commands.stream()
                    .filter(command -> !command.matches("audit|config"))
                    .forEach(command -> assertTrue(
                            Pattern.compile("(?m)^\\|.*`" + command + "[ `]")
                                    .matcher(readme)
                                    .find(),
                            command));
        }
    }
}
