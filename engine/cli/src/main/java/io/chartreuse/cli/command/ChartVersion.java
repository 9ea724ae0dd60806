package io.chartreuse.cli.command;

import io.chartreuse.core.session.Version;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the Helm chart that runs this process was written for this version of Chartreuse: its {@code appVersion} has
 * the same major and minor version. What follows these two ({@code .3}, {@code -SNAPSHOT}, {@code +build}) does not
 * matter and may be missing. Nothing is compared if no variable names a chart's version, or if Chartreuse runs from
 * classes that were never packaged and so have no version.
 */
final class ChartVersion {

    /** The chart's {@code appVersion}. */
    static final String VARIABLE = "HELM_CHART_APP_VERSION";

    /**
     * The earlier tool's first name for it. Other programs use so general a name for their own charts: it counts only
     * if Chartreuse is called by the earlier tool's command names.
     */
    static final String FORMER_VARIABLE = "HELM_CHART_VERSION";

    /** The earlier tool and its chart came in versions 4 to 7; Chartreuse's begin with 1. */
    private static final Pattern EARLIER = Pattern.compile("v?0*[2-9]\\.[0-9.]*(?:[-+].*)?");

    private static final Pattern VERSION = Pattern.compile("v?([0-9]+\\.[0-9]+)(?:\\.[0-9]+)?(?:[-+].*)?");

    private ChartVersion() {}

    /**
     * Refuses to go on under a chart that was written for another version.
     *
     * @param variables the first of these that is not blank counts
     * @throws ChartreuseException if it names another version, or is not a version
     */
    static void require(Map<String, String> environment, List<String> variables) {
        variables.stream()
                .filter(variable -> !environment.getOrDefault(variable, "").isBlank())
                .findFirst()
                .ifPresent(
                        variable -> require(variable, environment.get(variable).strip(), Version.current()));
    }

    /**
     * The same for a command of the earlier tool: its own chart, which says the earlier tool's version, is one that it was
     * written for.
     */
    static void requireOfEarlier(Map<String, String> environment, List<String> variables) {
        boolean earlier = variables.stream()
                .map(variable -> environment.getOrDefault(variable, "").strip())
                .filter(said -> !said.isEmpty())
                .findFirst()
                .filter(said -> EARLIER.matcher(said).matches())
                .isPresent();
        if (!earlier) {
            require(environment, variables);
        }
    }

    static void require(String variable, String given, String own) {
        Matcher chart = VERSION.matcher(given);
        Matcher program = VERSION.matcher(own);
        if (!chart.matches()) {
            throw new ChartreuseException(Diagnostic.error(
                    CliError.VERSION_MALFORMED,
                    variable + " is " + shown(given) + ", which is not a version: nothing was touched",
                    "Set it to the chart's appVersion, such as 1.0.0, or not at all where no chart is involved."));
        }
        if (program.matches() && !plain(program.group(1)).equals(plain(chart.group(1)))) {
            throw new ChartreuseException(Diagnostic.error(
                    CliError.OTHER_VERSION,
                    "the chart is for Chartreuse " + shown(given) + " (" + variable + "), and this is " + own
                            + ": nothing was touched",
                    remedy(given, plain(chart.group(1)), plain(program.group(1)))));
        }
    }

    private static String remedy(String given, String chart, String program) {
        return EARLIER.matcher(given).matches()
                ? "That is a version of the earlier tool, whose chart runs chartreuse-upgrade and chartreuse-restore. This"
                        + " command needs the chart of version " + program + "."
                : "Use the image of version " + chart + ", or the chart of version " + program
                        + ": major and minor version must be the same.";
    }

    /** {@code 01.2} is 1.2. */
    private static String plain(String majorMinor) {
        return majorMinor.replaceAll("(^|\\.)0+(?=[0-9])", "$1");
    }

    private static String shown(String text) {
        return text.matches("[A-Za-z0-9._+-]{1,40}") ? text : "something else";
    }
}
