package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Wrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What a command's help says: in two columns, or on a terminal that is too narrow for them one below the other. */
public final class HelpText {

    /** Picocli lays out no less. */
    private static final int NARROW = 55;

    private final CommandSpec spec;
    private final UsageMessageSpec usage;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    private HelpText(CommandLine command, int width) {
        this.spec = command.getCommandSpec();
        this.usage = spec.usageMessage();
        this.width = width;
    }

    /** The text, coloured as the command line is set up. @param width of the terminal; 0: unknown */
    public static String of(CommandLine command, int width) {
        if (width >= NARROW) {
            command.setUsageHelpAutoWidth(false).setUsageHelpWidth(width);
        }
        if (width == 0 || width >= NARROW) {
            return command.getUsageMessage(command.getColorScheme());
        }
        return new HelpText(command, width).narrow();
    }

    private String narrow() {
        String synopsis = spec.commandLine().getHelp().synopsis(0).replaceAll("\\s+", " ");
        add("", "Usage: " + synopsis.strip());
        for (String line : usage.description()) {
            add("", line);
        }
        spec.positionalParameters().stream().filter(one -> !one.hidden()).forEach(this::parameter);
        spec.options().stream().filter(option -> !option.hidden()).forEach(this::option);
        commands();
        footer();
        return String.join("\n", lines) + "\n";
    }

    private void parameter(PositionalParamSpec parameter) {
        add("  ", parameter.paramLabel());
        add("      ", String.join(" ", parameter.description()));
    }

    private void option(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        add("  ", String.join(", ", option.names()) + value);
        add("      ", String.join(" ", option.description()));
    }

    private void commands() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        add("", "");
        add("", "Commands:");
        spec.subcommands().forEach((name, command) -> {
            UsageMessageSpec below = command.getCommandSpec().usageMessage();
            if (!below.hidden()) {
                add("  ", name);
                add("      ", below.description().length == 0 ? "" : below.description()[0]);
            }
        });
    }

    private void footer() {
        if (usage.footer().length > 0) {
            add("", "");
            add("", usage.footerHeading().replace("%n", "").strip());
            for (String line : usage.footer()) {
                add("", line);
            }
        }
    }

    private void add(String indentation, String text) {
        String plain = text.replace("%n", " ").replace("%%", "%");
        String words = plain.lines().map(String::stripTrailing).collect(Collectors.joining(" "));
        lines.addAll(Wrapped.of(indentation + words, width, Math.max(4, indentation.length())));
    }
}
