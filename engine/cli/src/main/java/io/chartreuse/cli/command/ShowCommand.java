package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ArgGroup;

/** Shows a plan that was made before. */
@picocli.CommandLine.Command(name = "show", description = "Show a saved or stored plan.")
public final class ShowCommand extends Command {

    @ArgGroup(multiplicity = "1")
    private PlanReference reference;

    private Optional<Session> session = Optional.empty();

    public ShowCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        try {
            Plan plan = reference.read(this::opened);
            new PlanOutput(console, options().output(), options().config(host())).show(plan, List.of());
            return DONE;
        } finally {
            session.ifPresent(Session::close);
        }
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
