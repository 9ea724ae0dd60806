package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import picocli.CommandLine.Option;

/** Whether a person has said yes. */
final class Confirmation {

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    /** For a command that must not ask: a hook, which never did. */
    static Confirmation given() {
        Confirmation approval = new Confirmation();
        approval.yes = true;
        return approval;
    }

    /** Whether nobody need be asked. */
    boolean isGiven() {
        return yes;
    }

    /**
     * Makes sure that there is an answer or somebody to ask, before anything else is done.
     *
     * @throws ChartreuseException where there is neither
     */
    void requireWay(Console console, String what, String remedy) {
        if (!yes && !console.canAsk()) {
            throw new ChartreuseException(Diagnostic.error(
                    CliError.NOBODY_TO_ASK, what + " needs a yes, and there is no terminal to ask on", remedy));
        }
    }

    /**
     * Asks, unless the answer is given.
     *
     * @throws ChartreuseException where it is not yes
     */
    void require(Console console, String question) {
        if (!yes && !console.confirm(question)) {
            throw new ChartreuseException(Diagnostic.error(
                    CliError.NOT_APPROVED,
                    "the answer was not yes: nothing was done",
                    "Run it again when you are sure."));
        }
    }
}
