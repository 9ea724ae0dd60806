package io.chartreuse.cli;

import io.chartreuse.cli.command.CliError;
import io.chartreuse.cli.command.GlobalOptions;
import io.chartreuse.cli.command.Host;
import io.chartreuse.cli.command.TerminationMessage;
import io.chartreuse.cli.document.DiagnosticsDocument;
import io.chartreuse.cli.document.SarifDocument;
import io.chartreuse.cli.insight.RunVerdict;
import io.chartreuse.cli.logging.LogFormat;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What becomes of exceptions: diagnostics for people or machines, and an exit code. No stack trace. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Host host;
    private final List<String> arguments;

    Failures(Host host, List<String> arguments) {
        this.host = host;
        this.arguments = arguments;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String hint = suggestion(e) + "`" + command + " --help` shows what it understands.";
        return show(new ChartreuseException(Diagnostic.error(CliError.USAGE, e.getMessage(), hint), e));
    }

    private static String suggestion(ParameterException e) {
        List<String> nearest =
                e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return nearest.isEmpty()
                ? ""
                : "Did you mean "
                        + nearest.stream()
                                .limit(3)
                                .map(word -> "`" + word + "`")
                                .collect(Collectors.joining(" or "))
                        + "?\n";
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return e instanceof ChartreuseException ours ? show(ours) : fault(e);
    }

    /** Something that nobody foresaw. */
    int fault(Throwable e) {
        return show(new ChartreuseException(
                Diagnostic.error(
                        CliError.FAULT,
                        "This is a fault of Chartreuse: " + e,
                        "Run it again with --debug and report what that shows."),
                e));
    }

    private int show(ChartreuseException e) {
        LOG.debug("the command failed", e);
        Console console = GlobalOptions.console(host, arguments.contains("--no-color"), logFormat());
        terminated(e);
        if (says("--output|-o", "sarif")) {
            console.document(SarifDocument.of(e.diagnostics()));
        } else if (isJson()) {
            console.document(DiagnosticsDocument.of(e.diagnostics()));
        } else {
            new DiagnosticsView(console.err()).print(e.diagnostics());
        }
        return e.type().exitCode();
    }

    /** A pod that ends keeps what was said last. */
    private void terminated(ChartreuseException e) {
        new TerminationMessage(host.environment(), host.redactor()::redact).write(RunVerdict.of(e.diagnostics()));
    }

    private LogFormat logFormat() {
        return says("--log-format", "json") ? LogFormat.json : LogFormat.human;
    }

    private boolean isJson() {
        return says("--output|-o", "json");
    }

    /** Read off the words: of a line that makes no sense there is nothing else. */
    private boolean says(String option, String form) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            boolean next = i + 1 < arguments.size() && arguments.get(i + 1).equalsIgnoreCase(form);
            if (word.matches("(?i)(" + option + ")=?" + form) || (word.matches(option) && next)) {
                return true;
            }
        }
        return false;
    }
}
