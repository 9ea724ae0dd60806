package io.chartreuse.core.audit;

import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.state.State;
import java.util.List;
import java.util.Optional;

/**
 * Whether the state on record is the one that its run recorded. A process may die between writing the state and ending its
 * run; so a run that did not succeed may have left a state that it does not name. Pure.
 */
final class RecordedState {

    private RecordedState() {}

    /** @param runs in the order of the chain */
    static Optional<String> problem(List<RecordedRun> runs, Optional<State> state) {
        int newest = newest(runs);
        if (state.isEmpty()) {
            return newest < 0
                    ? Optional.empty()
                    : Optional.of("the state that run " + runs.get(newest).name() + " recorded is not there");
        }
        int place = place(runs, state.get());
        if (place < 0) {
            return runs.stream().findFirst().flatMap(RecordedRun::previous).isPresent()
                    ? Optional.empty() // retention has taken its run
                    : Optional.of("the state on record says that run "
                            + state.get().run().orElse("(none)") + " recorded it, which is not on record");
        }
        return place < newest ? older(runs.get(newest), state.get()) : mismatch(runs.get(place), state.get());
    }

    private static Optional<String> older(RecordedRun newest, State state) {
        return Optional.of("the state on record is that of run " + state.run().orElseThrow() + ", but run "
                + newest.name() + " has recorded one since");
    }

    private static Optional<String> mismatch(RecordedRun run, State state) {
        Optional<String> named = run.run().evidence().state();
        boolean fits = named.map(state.digest()::equals).orElse(run.run().outcome() != Outcome.SUCCEEDED);
        return fits
                ? Optional.empty()
                : Optional.of("the state on record is not the one that run " + run.name()
                        + " recorded: its digest is " + state.digest() + ", the run names "
                        + named.orElse("none"));
    }

    /** The index of the newest run that has recorded a state; -1 if no run has. */
    private static int newest(List<RecordedRun> runs) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            if (runs.get(i).run().evidence().state().isPresent()) {
                return i;
            }
        }
        return -1;
    }

    private static int place(List<RecordedRun> runs, State state) {
        for (int i = 0; i < runs.size(); i++) {
            if (state.run().filter(runs.get(i).name()::equals).isPresent()) {
                return i;
            }
        }
        return -1;
    }
}
