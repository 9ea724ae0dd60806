package io.chartreuse.spi.model;

import java.util.Objects;

/**
 * One convergence: a resource to a state of its change. Not a command: a step that finds its state reached succeeds
 * without doing anything, so it may be repeated.
 *
 * @param id     unique in its plan
 * @param change what the plan holds about the resource
 * @param to     the state to reach
 * @param runId  the run that executes it; written on the objects that it changes, so that a person can see which run
 *               did it
 */
public record Step(String id, Change change, Phase to, String runId) {
    public Step {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(runId, "runId");
        change.state(to);
    }
}
