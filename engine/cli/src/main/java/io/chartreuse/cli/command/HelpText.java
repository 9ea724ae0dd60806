package io.chartreuse.cli.command;

import picocli.CommandLine;

/** What a command's help says. */
public final class HelpText {

    private HelpText() {}

    /** The text, coloured as the command line is set up. */
    public static String of(CommandLine command) {
        return command.getUsageMessage(command.getColorScheme());
    }
}
