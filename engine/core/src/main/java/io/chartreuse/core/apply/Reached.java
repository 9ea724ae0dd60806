package io.chartreuse.core.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.Standing;
import java.util.Optional;

/** How the resource of a step is, as its provider says while the step runs. Written by the step's threads. */
final class Reached {

    private ObjectNode state;
    private Optional<Standing> standing = Optional.empty();
    private String how = "";

    /** @param planned that of the plan: it holds where the provider says nothing else */
    Reached(ObjectNode planned) {
        this.state = planned;
    }

    synchronized void shows(ObjectNode observed) {
        state = observed.deepCopy();
    }

    synchronized void stands(Standing reached, String words) {
        standing = Optional.of(reached);
        how = words;
    }

    synchronized ObjectNode state() {
        return state;
    }

    synchronized Optional<Standing> standing() {
        return standing;
    }

    /** For people; empty where there is nothing to say. */
    synchronized String how() {
        return how;
    }
}
