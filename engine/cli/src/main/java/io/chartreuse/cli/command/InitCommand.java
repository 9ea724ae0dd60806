package io.chartreuse.cli.command;

import io.chartreuse.cli.init.FirstConfiguration;
import io.chartreuse.cli.init.Proposal;
import io.chartreuse.cli.init.Question;
import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.cli.view.Printer;
import io.chartreuse.core.configuration.ConfigurationText;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a first configuration. */
@picocli.CommandLine.Command(
        name = "init",
        description = {
            "Write a first chartreuse.yaml, with comments; it never replaces a file.",
            "Asks on a terminal for what no option says; elsewhere, and with --yes, takes what is proposed. Never takes a"
                    + " password, only where it is. Reaches neither databases nor cluster."
        })
public final class InitCommand extends Command {

    @Option(names = "--release", paramLabel = "NAME", description = "The Helm release.")
    private String release;

    @Option(
            names = "--tool",
            paramLabel = "TOOL",
            description = "flyway or alembic. Default: by the files that are there.")
    private String tool;

    @Option(
            names = "--migrations",
            paramLabel = "DIR",
            description = "Flyway's folder of SQL files, or Alembic's project; relative to the configuration.")
    private String migrations;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "What the database is called in plans. Default: main.")
    private String database;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "jdbc:postgresql://host:5432/database, without credentials.")
    private String url;

    @Option(names = "--user", paramLabel = "ROLE", description = "The login role.")
    private String user;

    @ArgGroup
    private Password password = new Password();

    /** Where a password is; never what it is. */
    static final class Password {
        @Option(
                names = "--password-env",
                paramLabel = "VARIABLE",
                description = "The variable that holds the password.")
        private String variable;

        @Option(names = "--password-file", paramLabel = "FILE", description = "The file that holds the password.")
        private String file;

        private String reference() {
            return variable != null ? "env:" + variable : file != null ? "file:" + file : null;
        }
    }

    @Option(names = "--strategy", paramLabel = "WHEN", description = "after or before the deployment. Default: after.")
    private String strategy;

    @Option(names = "--backend", paramLabel = "WHERE", description = "kubernetes or file. Default: kubernetes.")
    private String backend;

    @Mixin
    private Confirmation approval = new Confirmation();

    public InitCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected Set<Output> forms() {
        return EnumSet.of(Output.human);
    }

    @Override
    protected int run(Console console) {
        Path file = options().config(host());
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(file);
        }
        Path directory = file.toAbsolutePath().normalize().getParent();
        Map<Question, String> answers = console.canAsk() && !approval.isGiven()
                ? asked(console, new Proposal(directory), directory)
                : taken(new Proposal(directory));
        String text = FirstConfiguration.of(answers);
        List<Diagnostic> problems = problems(text, directory);
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
        write(file, text);
        next(console.out(), file, answers);
        return DONE;
    }

    private Optional<String> said(Question question) {
        return Optional.ofNullable(
                switch (question) {
                    case RELEASE -> release;
                    case TOOL -> tool;
                    case MIGRATIONS -> migrations;
                    case DATABASE -> database;
                    case URL -> url;
                    case USER -> user;
                    case PASSWORD -> password.reference();
                    case STRATEGY -> strategy;
                    case BACKEND -> backend;
                });
    }

    /**
     * The answers from the options, else the proposals. The database and the release are not guessed without {@code
     * --yes}.
     */
    private Map<Question, String> taken(Proposal proposal) {
        Map<Question, String> answers = new EnumMap<>(Question.class);
        List<String> missing = new ArrayList<>();
        for (Question question : Question.values()) {
            boolean needed = !approval.isGiven() && (question == Question.RELEASE || question == Question.URL);
            Optional<String> answer =
                    said(question).or(() -> needed ? Optional.empty() : proposal.to(question, answers));
            answer.ifPresentOrElse(text -> answers.put(question, text), () -> missing.add(question.option()));
        }
        if (missing.isEmpty()) {
            return answers;
        }
        throw new ChartreuseException(Diagnostic.error(
                CliError.NOBODY_TO_ASK,
                "init needs " + String.join(" and ", missing) + ", and there is no terminal to ask on",
                "Say them. With --yes what is not said is proposed; see `chartreuse init --help`."));
    }

    private Map<Question, String> asked(Console console, Proposal proposal, Path directory) {
        Map<Question, String> answers = new EnumMap<>(Question.class);
        for (Question question : Question.values()) {
            Optional<String> said = said(question);
            answers.put(question, said.isPresent() ? said.get() : ask(console, question, answers, proposal, directory));
        }
        return answers;
    }

    /** Until the answer makes a valid configuration together with the earlier ones. */
    private String ask(
            Console console, Question question, Map<Question, String> earlier, Proposal proposal, Path directory) {
        Optional<String> proposed = proposal.to(question, earlier);
        while (true) {
            String answer = console.ask(question.text()
                            + proposed.map(text -> " [" + text + "]").orElse("") + ": ")
                    .map(String::strip)
                    .map(text -> text.isEmpty() ? proposed.orElse("") : text)
                    .orElseThrow(() -> new ChartreuseException(Diagnostic.error(
                            CliError.UNANSWERED,
                            "the questions ended before the answers: nothing was written",
                            "Run it again, or answer with options; see `chartreuse init --help`.")));
            List<Diagnostic> problems = problemsOf(question, answer, earlier, proposal, directory);
            if (problems.isEmpty()) {
                return answer;
            }
            new DiagnosticsView(console.err()).print(problems);
        }
    }

    private List<Diagnostic> problemsOf(
            Question question, String answer, Map<Question, String> earlier, Proposal proposal, Path directory) {
        Map<Question, String> all = new EnumMap<>(Question.class);
        all.putAll(earlier);
        all.put(question, answer);
        for (Question other : Question.values()) {
            all.computeIfAbsent(other, open -> proposal.to(open, all).orElse("shop"));
        }
        return problems(all, directory);
    }

    private List<Diagnostic> problems(Map<Question, String> answers, Path directory) {
        return malformed(answers).map(List::of).orElseGet(() -> problems(FirstConfiguration.of(answers), directory));
    }

    /**
     * The problem with an answer that cannot be written to the file. The message does not repeat the answer: the user
     * may have typed a password.
     */
    private static Optional<Diagnostic> malformed(Map<Question, String> answers) {
        return answers.get(Question.PASSWORD).matches("env:[A-Za-z_][A-Za-z0-9_]*|file:.+|none")
                ? Optional.empty()
                : Optional.of(Diagnostic.error(
                        CliError.USAGE,
                        "where the password is has to be env:VARIABLE, file:PATH or none",
                        "A password itself is not taken: name the variable or the file that holds it."));
    }

    /** As the configuration's own reader sees it. */
    private List<Diagnostic> problems(String text, Path directory) {
        try {
            Session.open(new ConfigurationText("the new configuration", text, directory), sessionContext(Map.of()))
                    .close();
            return List.of();
        } catch (ChartreuseException e) {
            return e.diagnostics();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new ChartreuseException(
                    Diagnostic.error(
                            CliError.USAGE,
                            file + " cannot be written (" + e.getClass().getSimpleName() + ")",
                            "See that its directory is there and may be written to, or name another with --config."),
                    e);
        }
    }

    private static ChartreuseException exists(Path file) {
        return new ChartreuseException(Diagnostic.error(
                CliError.FILE_EXISTS,
                file + " is there already, and is left as it is",
                "Edit it and check it with `chartreuse validate`; or name another file with --config."));
    }

    private void next(Printer out, Path file, Map<Question, String> answers) {
        String config = file.equals(Path.of("chartreuse.yaml")) ? "" : " --config " + file;
        out.line("Written to " + file + ". Read it, then:");
        String reference = answers.get(Question.PASSWORD);
        if (reference.startsWith("env:")) {
            out.line("  set " + reference.substring("env:".length()) + " in the environment to the password");
        }
        out.line("  chartreuse validate" + config + "    checks it without touching anything");
        out.line("  chartreuse doctor" + config + "      checks that databases and cluster can be reached");
        out.line("  chartreuse plan" + config + "        shows what apply would do");
    }
}
