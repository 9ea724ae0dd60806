package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete our command lines. */
@picocli.CommandLine.Command(
        name = "completion",
        description = {
            "Print a completion script for a shell.",
            "bash: source <(chartreuse completion bash); zsh: the same after autoload -U +X bashcompinit && bashcompinit."
        })
public final class CompletionCommand extends Command {

    /** Shells that understand the script. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            defaultValue = "bash",
            description = "${COMPLETION-CANDIDATES}: both understand the same script. Default: ${DEFAULT-VALUE}.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    public CompletionCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        console.out().write(AutoComplete.bash("chartreuse", spec.root().commandLine()));
        return DONE;
    }
}
