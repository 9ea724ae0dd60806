package io.chartreuse.core.session;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can go wrong when a session is opened. */
public enum SessionError implements ErrorCode {
    /** The configuration names a backend that is not installed. */
    UNKNOWN_BACKEND("session.unknown-backend", ErrorType.USER);

    private final String code;
    private final ErrorType type;

    SessionError(String code, ErrorType type) {
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
