package io.chartreuse.core.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.provider.ReadinessState;
import java.util.Optional;

/** How the resource of a step is, as its provider says while the step runs. Written by the step's threads. */
final class ReachedState {

    private ObjectNode state;
    private Optional<ReadinessState> standing = Optional.empty();
    private String how = "";

    /** @param planned that of the plan: it holds where the provider says nothing else */
    ReachedState(ObjectNode planned) {
        this.state = planned;
    }

    synchronized void shows(ObjectNode observed) {
        state = observed.deepCopy();
    }

    synchronized void stands(ReadinessState reached, String words) {
        standing = Optional.of(reached);
        how = words;
    }

    synchronized ObjectNode state() {
        return state;
    }

    synchronized Optional<ReadinessState> standing() {
        return standing;
    }

    /** For people; empty where there is nothing to say. */
    synchronized String how() {
        return how;
    }
}
