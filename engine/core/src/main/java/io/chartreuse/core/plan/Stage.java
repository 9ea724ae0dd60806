package io.chartreuse.core.plan;

import java.util.List;
import java.util.Objects;

/**
 * Steps that run side by side; the next stage begins when all of them have ended.
 *
 * @param order the priority of the workloads of a quiesce or restore stage; of a migrate stage how many databases stand
 *              in a row before its own; 0 elsewhere
 */
public record Stage(StageName name, int order, List<PlannedStep> steps) {
    public Stage {
        Objects.requireNonNull(name, "name");
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a stage without steps: " + name.word());
        }
    }
}
