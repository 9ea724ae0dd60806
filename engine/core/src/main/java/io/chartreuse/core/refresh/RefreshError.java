package io.chartreuse.core.refresh;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can go wrong when providers read their resources. */
public enum RefreshError implements ErrorCode {
    /** A provider did not answer within the time limit. */
    LATE("refresh.late", ErrorType.EXTERNAL);

    private final String code;
    private final ErrorType type;

    RefreshError(String code, ErrorType type) {
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
