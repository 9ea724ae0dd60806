package io.chartreuse.cli.command;

import io.chartreuse.cli.logging.JsonLines;
import io.chartreuse.cli.logging.LogFormat;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.LineForm;
import io.chartreuse.core.configuration.Pin;
import io.chartreuse.core.configuration.Pins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What can be said to every command, before its name or behind it. One object for all of them. */
public final class GlobalOptions {

    /** Names the configuration where no option does. */
    public static final String CONFIGURATION_VARIABLE = "CHARTREUSE_CONFIG";

    /** Where it is looked for else. */
    public static final String DEFAULT_CONFIGURATION = "chartreuse.yaml";

    private static final Set<String> WITH_VALUE = Set.of("-c", "--config", "--pin", "-o", "--output", "--log-format");
    private static final Set<String> WITHOUT_VALUE = Set.of("--no-color", "--debug");

    /** Less is no terminal for people. */
    private static final int NARROWEST = 20;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration. Default: what " + CONFIGURATION_VARIABLE
                    + " in the environment names, else " + DEFAULT_CONFIGURATION + ".")
    private Path config;

    @Option(
            names = "--pin",
            paramLabel = "FILE=DIGEST",
            scope = ScopeType.INHERIT,
            converter = PinOption.class,
            description =
                    "What a file has to be (sha256:…), or the command ends before it reads anything of it: the"
                            + " configuration, or one that it names. For several, say it several times. Of a directory the digest is"
                            + " that of its list: (cd DIR && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum")
    private List<Pin> pins = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "human",
            scope = ScopeType.INHERIT,
            description = "How results are printed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}."
                    + " markdown is for plan and show, sarif for these and validate, prometheus for status, table for audit"
                    + " list.")
    private Output output;

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "Never colour. NO_COLOR in the environment does the same.")
    private boolean noColor;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Log everything, with stack traces, to the standard error.")
    private boolean debug;

    @Option(
            names = "--log-format",
            paramLabel = "FORM",
            defaultValue = "human",
            scope = ScopeType.INHERIT,
            description = "How the standard error is written: ${COMPLETION-CANDIDATES} (one object a line)."
                    + " Default: ${DEFAULT-VALUE}.")
    private LogFormat logFormat;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    /** How many words such an option takes up on the command line, itself included; 0: it is another option, or asks for help. */
    public static int words(String option) {
        if (WITH_VALUE.contains(option)) {
            return 2;
        }
        int value = option.indexOf('=');
        String name = value < 0 ? option : option.substring(0, value);
        return WITHOUT_VALUE.contains(name) || name.startsWith("--") && WITH_VALUE.contains(name) ? 1 : 0;
    }

    Path config(Host host) {
        return config(host, Optional.ofNullable(config));
    }

    /** What files have to be. */
    Pins pins(Host host) {
        return new Pins(
                pins, Objects.requireNonNull(config(host).toAbsolutePath().getParent(), "a file has a directory"));
    }

    /** The configuration where options may not have been understood. */
    public static Path config(Host host, Optional<Path> named) {
        return named.or(() -> Optional.ofNullable(host.environment().get(CONFIGURATION_VARIABLE))
                        .filter(name -> !name.isBlank())
                        .map(Path::of))
                .orElse(Path.of(DEFAULT_CONFIGURATION));
    }

    /** Whether results are JSON documents. */
    public boolean isJson() {
        return output == Output.json;
    }

    /** How results are printed. */
    public Output output() {
        return output;
    }

    /** Whether the log tells everything. */
    public boolean isDebug() {
        return debug;
    }

    /** How the standard error is written. */
    public LogFormat logFormat() {
        return logFormat;
    }

    /** How many columns texts for people have: as COLUMNS says, which the launcher sets on a terminal; 0: unknown. */
    public static int width(Host host) {
        String columns = host.environment().getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{1,3}") && Integer.parseInt(columns) >= NARROWEST
                ? Integer.parseInt(columns)
                : 0;
    }

    /** The console as these options want it. */
    public Console console(Host host) {
        return console(host, noColor, logFormat);
    }

    /** The console where options may not have been understood. */
    public static Console console(Host host, boolean noColor, LogFormat logFormat) {
        boolean dumb = host.environment().getOrDefault("TERM", "").equals("dumb");
        boolean refused = noColor
                || dumb
                || !host.environment().getOrDefault("NO_COLOR", "").isEmpty();
        LineForm problems = logFormat == LogFormat.json ? new JsonLines(host.clock()) : LineForm.AS_IT_IS;
        return new Console(host.streams(), !refused, width(host), !dumb, problems, host.redactor()::redact);
    }
}
