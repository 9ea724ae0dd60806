package io.chartreuse.cli;

import io.chartreuse.cli.command.ApplyCommand;
import io.chartreuse.cli.command.AuditCommand;
import io.chartreuse.cli.command.AuditListCommand;
import io.chartreuse.cli.command.AuditShowCommand;
import io.chartreuse.cli.command.CompletionCommand;
import io.chartreuse.cli.command.ConfigCommand;
import io.chartreuse.cli.command.ConvertCommand;
import io.chartreuse.cli.command.DoctorCommand;
import io.chartreuse.cli.command.EarlierRestoreCommand;
import io.chartreuse.cli.command.EarlierUpgradeCommand;
import io.chartreuse.cli.command.GlobalOptions;
import io.chartreuse.cli.command.Host;
import io.chartreuse.cli.command.OrderlyEnd;
import io.chartreuse.cli.command.PlanCommand;
import io.chartreuse.cli.command.ProvidersCommand;
import io.chartreuse.cli.command.RepairCommand;
import io.chartreuse.cli.command.RestoreCommand;
import io.chartreuse.cli.command.SchemaCommand;
import io.chartreuse.cli.command.ShowCommand;
import io.chartreuse.cli.command.StatusCommand;
import io.chartreuse.cli.command.UnlockCommand;
import io.chartreuse.cli.command.ValidateCommand;
import io.chartreuse.cli.command.VersionCommand;
import io.chartreuse.cli.logging.LogFormat;
import io.chartreuse.cli.view.Streams;
import io.chartreuse.core.session.Version;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code chartreuse}: one command line in, one exit code out. */
public final class Chartreuse {

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
            host.streams().out().flush();
            host.streams().err().flush();
        }
    }

    /** What goes wrong is said before the end is no longer guarded. */
    private int run(OrderlyEnd end, Failures failures, List<String> arguments) {
        try {
            return commands(end)
                    .setOut(host.streams().out())
                    .setErr(host.streams().err())
                    .setColorScheme(colours(arguments))
                    .setParameterExceptionHandler(failures)
                    .setExecutionExceptionHandler(failures)
                    .execute(arguments.toArray(String[]::new));
        } catch (Throwable e) {
            return failures.fault(e);
        }
    }

    private Help.ColorScheme colours(List<String> arguments) {
        boolean coloured = GlobalOptions.console(host, arguments.contains("--no-color"), LogFormat.human)
                .out()
                .look()
                .colour();
        return Help.defaultColorScheme(coloured ? Help.Ansi.ON : Help.Ansi.OFF);
    }

    private CommandLine commands(OrderlyEnd end) {
        Root root = new Root();
        GlobalOptions options = root.options;
        CommandLine all = new CommandLine(root)
                .addSubcommand(new ValidateCommand(host, options))
                .addSubcommand(new PlanCommand(host, options))
                .addSubcommand(new ShowCommand(host, options))
                .addSubcommand(new ApplyCommand(host, options, end))
                .addSubcommand(new RestoreCommand(host, options, end))
                .addSubcommand(new RepairCommand(host, options))
                .addSubcommand(new StatusCommand(host, options))
                .addSubcommand(new DoctorCommand(host, options))
                .addSubcommand(new AuditCommand())
                .addSubcommand(new UnlockCommand(host, options))
                .addSubcommand(new ConfigCommand())
                .addSubcommand(new SchemaCommand(host, options))
                .addSubcommand(new ProvidersCommand(host, options))
                .addSubcommand(new VersionCommand(host, options))
                .addSubcommand(new CompletionCommand(host, options));
        all.getSubcommands()
                .get("audit")
                .addSubcommand(new AuditListCommand(host, options))
                .addSubcommand(new AuditShowCommand(host, options));
        all.getSubcommands().get("config").addSubcommand(new ConvertCommand(host, options));
        all.addSubcommand(new EarlierUpgradeCommand(host, options, end))
                .addSubcommand(new EarlierRestoreCommand(host, options, end));
        all.getCommandSpec().version("chartreuse " + Version.current());
        return all.setUsageHelpAutoWidth(host.streams().terminals().contains(Streams.OUT));
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
                "  2   changes are present (plan --detailed-exitcode)",
                "  3   the plan is stale",
                "  4   another run holds the lock",
                "  5   a policy or a missing approval refuses",
                "  6   workloads that were stopped could not all be brought back",
                "  64  the command line or the configuration is wrong"
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
