package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the help of a command that is named by its words. */
@picocli.CommandLine.Command(
        name = "help",
        description = "Show the help of a command: chartreuse help plan, chartreuse help audit verify.")
public final class HelpCommand extends Command {

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command's words; none: all commands.")
    private List<String> words = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    public HelpCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        CommandLine found = spec.root().commandLine();
        for (String word : words) {
            found = below(found, word);
        }
        console.out().raw(HelpText.of(found, GlobalOptions.width(host())));
        return DONE;
    }

    private static CommandLine below(CommandLine group, String word) {
        CommandLine found = group.getSubcommands().get(word);
        if (found == null) {
            throw unknown(group, word);
        }
        return found;
    }

    /** A word where a command of the group should stand. */
    public static ChartreuseException unknown(CommandLine group, String word) {
        String name = group.getCommandSpec().qualifiedName();
        String guess = Suggestion.to(word, group.getSubcommands().keySet())
                .map(nearest -> "Did you mean `" + name + " " + nearest + "`?\n")
                .orElse("");
        String summary = group.getSubcommands().isEmpty()
                ? "`" + name + "` has no commands below it: '" + word + "' is not one"
                : "`" + name + "` has no command '" + word + "'";
        return new ChartreuseException(
                Diagnostic.error(CliError.USAGE, summary, guess + "`" + name + " --help` lists what there is."));
    }
}
