package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.DiagnosticsView;
import io.chartreuse.cli.view.ReviewState;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Shows a plan that was made before. */
@picocli.CommandLine.Command(name = "show", description = "Show a saved or stored plan.")
public final class ShowCommand extends Command {

    @ArgGroup(multiplicity = "1")
    private PlanReference reference;

    @Option(
            names = "--sql",
            description = "Print the SQL of the plan's migrations instead of the plan, in the order in which they run:"
                    + " the standard output is SQL alone.")
    private boolean sql;

    private Optional<Session> session = Optional.empty();

    public ShowCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        PlanOutput.requireOneForm(sql, options().output());
        try {
            Plan plan = reference.read(this::opened);
            PlanOutput output =
                    new PlanOutput(console, options().output(), options().config(host()));
            if (sql) {
                output.sql(plan, reviewed(plan, console));
            } else {
                output.show(plan, reviewed(plan, console));
            }
            return DONE;
        } finally {
            session.ifPresent(Session::close);
        }
    }

    /**
     * What rules and approvers say of it now. A plan in a file is shown without that too: where the configuration is not at
     * hand, is another release's, or the backend cannot be asked.
     */
    private ReviewState reviewed(Plan plan, Console console) {
        if (session.isEmpty() && !Files.exists(options().config(host()))) {
            return ReviewState.NOT;
        }
        try {
            Session opened = session.orElseGet(this::opened);
            return opened.release().equals(plan.release())
                    ? new ReviewState(
                            opened.review().judge(plan), opened.review().approvalState(plan))
                    : ReviewState.NOT;
        } catch (ChartreuseException e) {
            new DiagnosticsView(console.err())
                    .print(e.diagnostics().stream().map(ShowCommand::warning).toList());
            return ReviewState.NOT;
        }
    }

    private static Diagnostic warning(Diagnostic problem) {
        Diagnostic warning = Diagnostic.warning(
                problem.code(), "policy and approvals are not shown: " + problem.summary(), problem.remedy());
        return problem.location().map(warning::at).orElse(warning);
    }

    @Override
    protected Set<Output> forms() {
        return EnumSet.complementOf(EnumSet.of(Output.prometheus, Output.table));
    }

    private Session opened() {
        session = Optional.of(open());
        return session.get();
    }
}
