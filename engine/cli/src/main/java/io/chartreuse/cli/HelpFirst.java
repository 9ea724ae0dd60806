package io.chartreuse.cli;

import io.chartreuse.cli.command.GlobalOptions;
import io.chartreuse.cli.command.HelpText;
import io.chartreuse.cli.command.Host;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Shows help where it is asked for, and where only a group of commands is named: {@code chartreuse}, {@code chartreuse
 * audit}. Words that nothing understands are refused beside {@code --help}, too: a script that misspells a command must
 * not go on.
 */
final class HelpFirst implements IExecutionStrategy {

    private final Host host;

    HelpFirst(Host host) {
        this.host = host;
    }

    @Override
    public int execute(ParseResult parsed) {
        List<CommandLine> named = parsed.asCommandLineList();
        Optional<CommandLine> asked =
                named.stream().filter(CommandLine::isUsageHelpRequested).findFirst();
        CommandLine last = named.get(named.size() - 1);
        if (asked.isEmpty() && !(isGroup(last) && isBare(parsed, named))) {
            return new RunLast().execute(parsed);
        }
        refuseUnknown(parsed);
        host.streams().out().print(HelpText.of(asked.orElse(last), GlobalOptions.width(host)));
        return 0;
    }

    private static boolean isGroup(CommandLine command) {
        return !(command.getCommand() instanceof Callable);
    }

    /** Beside options a command was meant to stand, and has been lost: that is an error. */
    private static boolean isBare(ParseResult parsed, List<CommandLine> named) {
        return parsed.originalArgs().size() == named.size() - 1;
    }

    private static void refuseUnknown(ParseResult parsed) {
        for (ParseResult part = parsed; part != null; part = part.subcommand()) {
            if (!part.unmatched().isEmpty()) {
                throw new UnmatchedArgumentException(part.commandSpec().commandLine(), part.unmatched());
            }
        }
    }
}
