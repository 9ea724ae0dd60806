package io.chartreuse.core.apply;

import java.util.Objects;

/**
 * Where others have their say in a run.
 *
 * @param admission asked before a run stops or migrates anything
 * @param aftermath records how the release stands when the last step is over
 * @param upkeep    done when the run has ended
 */
public record Hooks(Admission admission, Aftermath aftermath, Upkeep upkeep) {

    /** Nobody has. */
    public static final Hooks NONE = new Hooks(Admission.OF_ALL, Aftermath.UNRECORDED, Upkeep.NONE);

    public Hooks {
        Objects.requireNonNull(admission, "admission");
        Objects.requireNonNull(aftermath, "aftermath");
        Objects.requireNonNull(upkeep, "upkeep");
    }
}
