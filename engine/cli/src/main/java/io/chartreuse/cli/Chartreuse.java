package io.chartreuse.cli;

import io.chartreuse.cli.command.ApplyCommand;
import io.chartreuse.cli.command.ApproveCommand;
import io.chartreuse.cli.command.AuditCommand;
import io.chartreuse.cli.command.AuditExportCommand;
import io.chartreuse.cli.command.AuditListCommand;
import io.chartreuse.cli.command.AuditPruneCommand;
import io.chartreuse.cli.command.AuditReportCommand;
import io.chartreuse.cli.command.AuditShowCommand;
import io.chartreuse.cli.command.AuditVerifyCommand;
import io.chartreuse.cli.command.CompletionCommand;
import io.chartreuse.cli.command.ConfigCommand;
import io.chartreuse.cli.command.ConvertCommand;
import io.chartreuse.cli.command.DoctorCommand;
import io.chartreuse.cli.command.GlobalOptions;
import io.chartreuse.cli.command.HelpCommand;
import io.chartreuse.cli.command.Host;
import io.chartreuse.cli.command.InitCommand;
import io.chartreuse.cli.command.LegacyRestoreCommand;
import io.chartreuse.cli.command.LegacyUpgradeCommand;
import io.chartreuse.cli.command.OrderlyEnd;
import io.chartreuse.cli.command.PlanCommand;
import io.chartreuse.cli.command.ProvidersCommand;
import io.chartreuse.cli.command.RepairCommand;
import io.chartreuse.cli.command.RestoreCommand;
import io.chartreuse.cli.command.SchemaCommand;
import io.chartreuse.cli.command.ShowCommand;
import io.chartreuse.cli.command.StateCommand;
import io.chartreuse.cli.command.StatusCommand;
import io.chartreuse.cli.command.UnlockCommand;
import io.chartreuse.cli.command.ValidateCommand;
import io.chartreuse.cli.command.VersionCommand;
import io.chartreuse.cli.logging.LogFormat;
import io.chartreuse.cli.view.Streams;
import io.chartreuse.core.session.Version;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The command {@code chartreuse}: one command line in, one exit code out. */
public final class Chartreuse {

    /** Commands that say something about all the others. */
    private static final Set<String> NEED_ALL = Set.of("completion", "help");

    /** Commands that read the world; each needs a while to get ready for it. */
    static final Set<String> BUSY =
            Set.of("plan", "apply", "restore", "repair", "status", "doctor", "earlier-upgrade", "earlier-restore");

    private final Host host;

    public Chartreuse(Host host) {
        this.host = Objects.requireNonNull(host, "host");
    }

    /**
     * Runs one command line to its end. Never throws, never ends the virtual machine.
     *
     * @return the exit code
     */
    public int run(String... arguments) {
        List<String> given = List.of(arguments);
        Failures failures = new Failures(host, given);
        try (OrderlyEnd end = new OrderlyEnd()) {
            return run(end, failures, given);
        } finally {
            host.streams().err().flush();
        }
    }

    /** What goes wrong is said before the end is no longer guarded. */
    private int run(OrderlyEnd end, Failures failures, List<String> arguments) {
        try {
            CommandLine line = commands(end, arguments)
                    .setOut(host.streams().out())
                    .setErr(host.streams().err())
                    .setColorScheme(colours(arguments))
                    .registerConverter(Path.class, Path::of) // picocli's own hides why a name is refused
                    .setParameterExceptionHandler(failures)
                    .setExecutionExceptionHandler(failures)
                    .setExecutionStrategy(new HelpFirst(host));
            int code = line.execute(arguments.toArray(String[]::new));
            host.streams().out().flush();
            return host.streams()
                    .lost()
                    .get()
                    .map(why -> failures.lost(why, code, changedSomething(line)))
                    .orElse(code);
        } catch (Throwable e) {
            return failures.fault(e);
        }
    }

    /** Whether the command that ran was one that changes the world or the record. */
    private static boolean changedSomething(CommandLine line) {
        ParseResult parsed = line.getParseResult();
        while (parsed != null && parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed != null
                && !parsed.isUsageHelpRequested()
                && parsed.commandSpec().userObject() instanceof io.chartreuse.cli.command.Command command
                && command.changesSomething();
    }

    /** The word behind the options that may stand before it; empty where another option does, such as {@code --help}. */
    static Optional<String> commandName(List<String> arguments) {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).startsWith("-")) {
            int words = GlobalOptions.words(arguments.get(at));
            if (words == 0) {
                return Optional.empty();
            }
            at += words;
        }
        return at < arguments.size() ? Optional.of(arguments.get(at)) : Optional.empty();
    }

    private Help.ColorScheme colours(List<String> arguments) {
        boolean coloured = GlobalOptions.console(host, arguments.contains("--no-color"), LogFormat.human)
                .out()
                .style()
                .colour();
        return Help.defaultColorScheme(coloured ? Help.Ansi.ON : Help.Ansi.OFF);
    }

    /**
     * The commands that this command line may need. picocli learns each one's options by reflection: where the command line
     * names a command, the others are left out. Help, a misspelling and completion need all of them.
     */
    private CommandLine commands(OrderlyEnd end, List<String> arguments) {
        Root root = new Root();
        Map<String, Supplier<Object>> all = subcommands(root.options, end);
        String meant =
                commandName(arguments).filter(name -> !NEED_ALL.contains(name)).orElse("");
        CommandLine line = new CommandLine(root);
        all.forEach((name, command) -> {
            if (name.equals(meant) || !all.containsKey(meant)) {
                line.addSubcommand(name, command.get());
            }
        });
        line.getCommandSpec().version("chartreuse " + Version.current());
        return line.setUsageHelpAutoWidth(host.streams().terminals().contains(Streams.OUT));
    }

    /** In the order in which help lists them. */
    private Map<String, Supplier<Object>> subcommands(GlobalOptions options, OrderlyEnd end) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("init", () -> new InitCommand(host, options));
        all.put("validate", () -> new ValidateCommand(host, options));
        all.put("plan", () -> new PlanCommand(host, options));
        all.put("show", () -> new ShowCommand(host, options));
        all.put("approve", () -> new ApproveCommand(host, options));
        all.put("apply", () -> new ApplyCommand(host, options, end));
        all.put("restore", () -> new RestoreCommand(host, options, end));
        all.put("repair", () -> new RepairCommand(host, options));
        all.put("status", () -> new StatusCommand(host, options));
        all.put("state", () -> new StateCommand(host, options));
        all.put("doctor", () -> new DoctorCommand(host, options));
        all.put(
                "audit",
                () -> new CommandLine(new AuditCommand())
                        .addSubcommand(new AuditListCommand(host, options))
                        .addSubcommand(new AuditShowCommand(host, options))
                        .addSubcommand(new AuditVerifyCommand(host, options))
                        .addSubcommand(new AuditExportCommand(host, options))
                        .addSubcommand(new AuditReportCommand(host, options))
                        .addSubcommand(new AuditPruneCommand(host, options)));
        all.put("unlock", () -> new UnlockCommand(host, options));
        all.put("config", () -> new CommandLine(new ConfigCommand()).addSubcommand(new ConvertCommand(host, options)));
        all.put("schema", () -> new SchemaCommand(host, options));
        all.put("providers", () -> new ProvidersCommand(host, options));
        all.put("version", () -> new VersionCommand(host, options));
        all.put("help", () -> new HelpCommand(host, options));
        all.put("completion", () -> new CompletionCommand(host, options));
        all.put("earlier-upgrade", () -> new LegacyUpgradeCommand(host, options, end));
        all.put("earlier-restore", () -> new LegacyRestoreCommand(host, options, end));
        return all;
    }

    /** All commands. */
    @Command(
            name = "chartreuse",
            description = "Plans, runs and audits the PostgreSQL migrations of a Helm release.",
            synopsisSubcommandLabel = "COMMAND",
            footerHeading = "%nExit codes:%n",
            footer = {
                "  0   done, or nothing to do",
                "  1   failed",
                "  2   changes are present (plan --detailed-exitcode), or drift (status --drift)",
                "  3   the plan is stale, or was executed before and did not succeed",
                "  4   another run holds the lock",
                "  5   a policy or a missing approval refuses",
                "  6   workloads that were stopped could not all be brought back",
                "  64  the command line, the configuration or a file is wrong",
                "  141 what reads the standard output has closed it, as head does"
            })
    static final class Root {
        @Mixin
        private GlobalOptions options = new GlobalOptions();

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "Print the version.")
        private boolean version;
    }
}
