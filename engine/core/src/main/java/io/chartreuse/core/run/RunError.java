package io.chartreuse.core.run;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can be wrong with the record of a run. */
public enum RunError implements ErrorCode {
    /** It cannot be read as a run. */
    MALFORMED("run.malformed", ErrorType.EXTERNAL);

    private final String code;
    private final ErrorType type;

    RunError(String code, ErrorType type) {
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
