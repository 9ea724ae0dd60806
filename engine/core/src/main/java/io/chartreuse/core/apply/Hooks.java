package io.chartreuse.core.apply;

import java.util.Objects;

/**
 * Where others have their say in a run.
 *
 * @param admission asked before a run stops or migrates anything
 * @param stateRecording records the state of the release when the last step is over
 * @param afterRun  called when the run has ended
 * @param records   how runs are written
 */
public record Hooks(Admission admission, StateRecording stateRecording, AfterRun afterRun, Records records) {

    /** No hooks. */
    public static final Hooks NONE = new Hooks(Admission.OF_ALL, StateRecording.UNRECORDED, AfterRun.NONE);

    public Hooks {
        Objects.requireNonNull(admission, "admission");
        Objects.requireNonNull(stateRecording, "aftermath");
        Objects.requireNonNull(afterRun, "upkeep");
        Objects.requireNonNull(records, "records");
    }

    /** Where runs are written as they are. */
    public Hooks(Admission admission, StateRecording stateRecording, AfterRun afterRun) {
        this(admission, stateRecording, afterRun, Records.PLAIN);
    }
}
