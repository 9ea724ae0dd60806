package io.chartreuse.cli;

import io.chartreuse.cli.command.CliError;
import io.chartreuse.cli.command.GlobalOptions;
import io.chartreuse.cli.command.HelpCommand;
import io.chartreuse.cli.command.Host;
import io.chartreuse.cli.command.TerminationMessage;
import io.chartreuse.cli.document.DiagnosticsDocument;
import io.chartreuse.cli.document.SarifDocument;
import io.chartreuse.cli.insight.RunVerdict;
import io.chartreuse.cli.logging.LogFormat;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.cli.view.MarkdownProblems;
import io.chartreuse.core.apply.MemoryShortage;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final String OUTPUT = "--output|-o";

    /** Of {@code plan --detailed-exitcode} and {@code status --drift}: part of a result. */
    private static final int CHANGES = 2;

    /** As shells tell of a program that SIGPIPE has ended. */
    private static final int CLOSED_PIPE = 141;

    private final Host host;
    private final List<String> arguments;

    Failures(Host host, List<String> arguments) {
        this.host = host;
        this.arguments = arguments;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        if (e instanceof UnmatchedArgumentException unmatched && namesCommand(unmatched)) {
            return show(HelpCommand.unknown(
                    e.getCommandLine(), unmatched.getUnmatched().get(0)));
        }
        if (e.getCause() instanceof InvalidPathException name) {
            return show(new ChartreuseException(notAName(name), e));
        }
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String hint = suggestion(e) + "`" + command + " --help` shows what it understands.";
        return show(new ChartreuseException(Diagnostic.error(CliError.USAGE, e.getMessage(), hint), e));
    }

    private static boolean namesCommand(UnmatchedArgumentException e) {
        return !e.getCommandLine().getSubcommands().isEmpty() && !e.isUnknownOption();
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
        if (e instanceof InvalidPathException name) {
            return show(new ChartreuseException(notAName(name), e));
        }
        return e instanceof ChartreuseException ours ? show(ours) : fault(e);
    }

    /** With letters that the encoding of file names does not have, or a character that no name can have. */
    private static Diagnostic notAName(InvalidPathException name) {
        return Diagnostic.error(
                CliError.USAGE,
                "\"" + name.getInput() + "\" cannot be the name of a file here: " + name.getReason(),
                "Correct the name. Where it is right, set LC_ALL to a locale with UTF-8 that is installed (`locale -a`);"
                        + " names are read in " + System.getProperty("sun.jnu.encoding", "UTF-8") + " now.");
    }

    /** An unexpected error, or too little memory. */
    int fault(Throwable e) {
        if (Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .anyMatch(OutOfMemoryError.class::isInstance)) {
            return show(new ChartreuseException(MemoryShortage.diagnostic(CliError.OUT_OF_MEMORY, "the command"), e));
        }
        return show(new ChartreuseException(
                Diagnostic.error(
                        CliError.FAULT,
                        "This is a fault of Chartreuse: " + e,
                        "Run it again with --debug and report what that shows."),
                e));
    }

    /**
     * Some of what was printed is lost. A command that only shows has failed then, and has nothing to say to a reader that
     * went away, as {@code head} does; one that changes something is judged by what came of that.
     *
     * @param code    that it would end with
     * @param changes whether it is one that changes something
     */
    int lost(IOException why, int code, boolean changes) {
        boolean closed =
                String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
        if (!closed) {
            Console console = GlobalOptions.console(host, arguments.contains("--no-color"), logFormat());
            new DiagnosticsView(console.err()).print(List.of(lost(why, changes)));
        }
        boolean shown = code == 0 || code == CHANGES;
        return changes || !shown
                ? code
                : closed ? CLOSED_PIPE : CliError.OUTPUT_LOST.type().exitCode();
    }

    private static Diagnostic lost(IOException why, boolean changes) {
        String lost = "the standard output could not be written: " + why.getMessage();
        return changes
                ? Diagnostic.warning(
                        CliError.OUTPUT_LOST,
                        lost + "; the command did its work all the same",
                        "The exit code says what came of it; `chartreuse status` and `chartreuse audit show` have it on"
                                + " record.")
                : Diagnostic.error(
                        CliError.OUTPUT_LOST,
                        lost + "; what is there is not the whole result",
                        "Make room or write elsewhere, then run the command again.");
    }

    private int show(ChartreuseException e) {
        LOG.debug("the command failed", e);
        Console console = GlobalOptions.console(host, arguments.contains("--no-color"), logFormat());
        terminated(e);
        print(console, e.diagnostics());
        return e.type().exitCode();
    }

    private void print(Console console, List<Diagnostic> diagnostics) {
        if (says(OUTPUT, "sarif")) {
            console.document(SarifDocument.of(diagnostics, configuration()));
        } else if (says(OUTPUT, "json")) {
            console.document(DiagnosticsDocument.of(diagnostics));
        } else {
            if (says(OUTPUT, "markdown")) {
                console.out().write(MarkdownProblems.of(diagnostics)); // for the comment; the log has them all the same
            }
            new DiagnosticsView(console.err()).print(diagnostics);
        }
    }

    private Path configuration() {
        return GlobalOptions.config(host, value("--config|-c").map(Path::of));
    }

    /** A pod that ends keeps what was said last. */
    private void terminated(ChartreuseException e) {
        new TerminationMessage(host.environment(), host.redactor()::redact).write(RunVerdict.of(e.diagnostics()));
    }

    private LogFormat logFormat() {
        return says("--log-format", "json") ? LogFormat.json : LogFormat.human;
    }

    private boolean says(String option, String form) {
        return value(option).filter(form::equalsIgnoreCase).isPresent();
    }

    /** Read off the words: of a line that makes no sense there is nothing else. */
    private Optional<String> value(String option) {
        Pattern joined = Pattern.compile("(?:--\\w[\\w-]*=|-\\w=?)(.*)");
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.matches(option) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
            Matcher value = joined.matcher(word);
            if (word.matches("(" + option + ").+")
                    && value.matches()
                    && !value.group(1).isEmpty()) {
                return Optional.of(value.group(1));
            }
        }
        return Optional.empty();
    }
}
