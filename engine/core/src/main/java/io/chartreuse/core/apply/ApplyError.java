package io.chartreuse.core.apply;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can go wrong when a plan is executed. */
public enum ApplyError implements ErrorCode {
    /** What the plan was made from has moved. */
    STALE("apply.stale", ErrorType.STALE),
    /** What would be planned now is not what the plan holds. */
    CONTRADICTED("apply.contradicted", ErrorType.STALE),
    /** A run is not resumed, and workloads that it stopped stay so. */
    LEFT_STOPPED("apply.left-stopped", ErrorType.STALE),
    /** The plan was executed before. */
    EXECUTED("apply.executed", ErrorType.STALE),
    /** A provider said that it reached a state, and a fresh read shows another. */
    NOT_CONVERGED("apply.not-converged", ErrorType.EXTERNAL),
    /** A step had failed before the process of the run died; the run is ended for it. */
    FAILED_BEFORE("apply.failed-before", ErrorType.EXTERNAL),
    /** The run was asked to stop. */
    INTERRUPTED("apply.interrupted", ErrorType.EXTERNAL),
    /** A database ended before its last migration, in order, because another one failed. */
    STOPPED_EARLY("apply.stopped-early", ErrorType.EXTERNAL),
    /** A database was never begun, because something before it failed. */
    NOT_BEGUN("apply.not-begun", ErrorType.EXTERNAL),
    /** Others put back what a run held stopped. */
    DISTURBED("apply.disturbed", ErrorType.EXTERNAL),
    /** A step was interrupted and goes on nevertheless; what it still does is unknown. */
    STILL_RUNNING("apply.still-running", ErrorType.EXTERNAL),
    /** Another process writes the same run. */
    RUN_TAKEN_OVER("apply.run-taken-over", ErrorType.EXTERNAL),
    /** The record of the run could not be written. */
    UNRECORDED("apply.unrecorded", ErrorType.EXTERNAL),
    /** Workloads are left in maintenance on purpose, after a failure. */
    HELD("apply.held", ErrorType.EXTERNAL),
    /** Workloads that were stopped could not be brought back. */
    RESTORE_FAILED("apply.restore-failed", ErrorType.UNRESTORED),
    /** A step needed more memory than the process may have. */
    OUT_OF_MEMORY("apply.out-of-memory", ErrorType.EXTERNAL),
    /** A fault in Chartreuse, or in a provider. */
    INTERNAL("apply.internal", ErrorType.INTERNAL);

    private final String code;
    private final ErrorType type;

    ApplyError(String code, ErrorType type) {
        this.code = code;
        this.type = type;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
