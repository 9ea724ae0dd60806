package io.chartreuse.core.plan;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can be wrong with a plan that is read. */
public enum PlanError implements ErrorCode {
    /** It is not JSON, or not a plan. */
    MALFORMED("plan.malformed", ErrorType.USER),
    /** Its content does not give its id. */
    EDITED("plan.edited", ErrorType.USER),
    /** Its parts do not fit one another. */
    INCONSISTENT("plan.inconsistent", ErrorType.USER),
    /** Another major format. */
    UNKNOWN_FORMAT("plan.unknown-format", ErrorType.USER),
    /** It was made in another cluster. */
    OTHER_CLUSTER("plan.other-cluster", ErrorType.USER),
    /** It was made for another release. */
    OTHER_RELEASE("plan.other-release", ErrorType.USER);

    private final String code;
    private final ErrorType type;

    PlanError(String code, ErrorType type) {
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
