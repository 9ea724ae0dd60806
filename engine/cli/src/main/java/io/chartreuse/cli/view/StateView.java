package io.chartreuse.cli.view;

import io.chartreuse.core.state.Remembered;
import io.chartreuse.core.state.State;
import java.util.List;

/** A state: when it was recorded, and a line a resource. */
public final class StateView {

    private final Printer printer;
    private final Look look;
    private final StateText states;

    public StateView(Printer printer) {
        this.printer = printer;
        this.look = printer.look();
        this.states = new StateText(look);
    }

    public void print(State state) {
        printer.line(look.bold("State of release " + state.release().name())
                + state.release()
                        .namespace()
                        .map(name -> " in namespace " + name)
                        .orElse("")
                + state.run().map(run -> ", recorded after run " + run).orElse(", read now"));
        printer.line(look.dim(state.recordedAt() + look.dot() + state.digest()));
        printer.gap();
        printer.lines(Columns.align(state.resources().stream().map(this::row).toList(), look));
    }

    private List<String> row(Remembered remembered) {
        return List.of(
                remembered.address().toString(),
                states.of(remembered.resource().observed()),
                look.dim(remembered
                        .snapshot()
                        .map(snapshot -> Count.of(snapshot.parts().size(), "part") + " recorded")
                        .orElse("")));
    }
}
