package io.chartreuse.cli.view;

import io.chartreuse.core.state.RecordedResource;
import io.chartreuse.core.state.State;
import java.util.List;

/** A state: when it was recorded, and a line a resource. */
public final class StateView {

    private final Printer printer;
    private final TextStyle style;
    private final StateText states;

    public StateView(Printer printer) {
        this.printer = printer;
        this.style = printer.style();
        this.states = new StateText(style);
    }

    public void print(State state) {
        printer.line(style.bold("State of release " + state.release().name())
                + state.release()
                        .namespace()
                        .map(name -> " in namespace " + name)
                        .orElse("")
                + state.run().map(run -> ", recorded after run " + run).orElse(", read now"));
        printer.line(style.dim(state.recordedAt() + style.dot() + state.digest()));
        printer.gap();
        printer.lines(Columns.align(state.resources().stream().map(this::row).toList(), style));
    }

    private List<String> row(RecordedResource remembered) {
        return List.of(
                remembered.address().toString(),
                states.of(remembered.resource().observed()),
                style.dim(remembered
                        .snapshot()
                        .map(snapshot -> Count.of(snapshot.parts().size(), "part") + " recorded")
                        .orElse("")));
    }
}
