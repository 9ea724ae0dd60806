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

    /** A confirmation that is given without asking: a hook has no terminal. */
    static Confirmation given() {
        Confirmation approval = new Confirmation();
        approval.yes = true;
        return approval;
    }

    /** Whether the user need not be asked. */
    boolean isGiven() {
        return yes;
    }

    /**
     * Makes sure that the answer is given or a terminal is there to ask on, before anything else is done.
     *
     * @throws ChartreuseException if neither is the case
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
     * @throws ChartreuseException if the answer is not yes
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
