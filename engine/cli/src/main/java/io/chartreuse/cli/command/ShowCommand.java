package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.PlanView;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import java.util.Optional;
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
            if (json()) {
                console.document(plan.document());
            } else {
                new PlanView(console.out()).print(plan);
            }
            return DONE;
        } finally {
            session.ifPresent(Session::close);
        }
    }

    private Session opened() {
        session = Optional.of(open());
        return session.get();
    }
}
