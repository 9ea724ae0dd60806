package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Console;
import io.chartreuse.cli.view.StateView;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.state.State;
import io.chartreuse.core.store.StateFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * Shows or writes the whole state of the release: drift is found by comparing with it, and plans can be made from it.
 */
@picocli.CommandLine.Command(
        name = "state",
        description = {
            "Show how the release stands, or write it to a file that `chartreuse plan --state` plans from.",
            "Reads databases and cluster, and changes nothing."
        })
public final class StateCommand extends Command {

    @Option(names = "--recorded", description = "What the last run recorded, instead of what is there now.")
    private boolean recorded;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the state to this file.")
    private Path out;

    public StateCommand(Host host, GlobalOptions options) {
        super(host, options);
    }

    @Override
    protected int run(Console console) {
        try (Session session = open()) {
            State state =
                    recorded ? session.states().recorded() : session.states().now();
            if (out != null) {
                StateFile.write(state, out);
            }
            if (json()) {
                console.document(state.document());
                return DONE;
            }
            new StateView(console.out()).print(state);
            if (out != null) {
                console.out().gap();
                console.out().line("Written to " + out + ". Plan from it with: chartreuse plan --state " + out);
            }
            return DONE;
        }
    }
}
