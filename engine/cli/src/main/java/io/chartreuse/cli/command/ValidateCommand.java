package io.chartreuse.cli.command;

import io.chartreuse.cli.document.DiagnosticsDocument;
import io.chartreuse.cli.document.SarifDocument;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.StatusSign;
import io.chartreuse.core.session.Session;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
            switch (options().output()) {
                case json -> console.document(DiagnosticsDocument.of(List.of()));
                case sarif -> console.document(SarifDocument.of(List.of(), file));
                default -> {
                    String sign = console.out().style().sign(StatusSign.DONE);
                    console.out().line(sign + " " + file + " is valid (release " + session.release() + ").");
                }
            }
            return DONE;
        }
    }

    @Override
    protected Set<Output> forms() {
        return EnumSet.of(Output.human, Output.json, Output.sarif);
    }
}
