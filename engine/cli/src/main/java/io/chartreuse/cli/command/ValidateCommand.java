package io.chartreuse.cli.command;

import io.chartreuse.cli.document.DiagnosticsDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.Sign;
import io.chartreuse.core.session.Session;
import java.nio.file.Path;
import java.util.List;

/** Says all that is wrong with the configuration. */
@picocli.CommandLine.Command(
        name = "validate",
        description = "Check the configuration; touches neither databases nor cluster.")
public final class ValidateCommand extends Command {

    public ValidateCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        Path file = options().config(host());
        try (Session session = open()) {
            session.review().policies();
            if (json()) {
                console.document(DiagnosticsDocument.of(List.of()));
            } else {
                String sign = console.out().look().sign(Sign.DONE);
                console.out().line(sign + " " + file + " is valid (release " + session.release() + ").");
            }
            return DONE;
        }
    }
}
