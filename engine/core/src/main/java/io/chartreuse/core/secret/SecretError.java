package io.chartreuse.core.secret;

import io.chartreuse.spi.ErrorCode;
import io.chartreuse.spi.ErrorType;
import java.util.Locale;

/** What can be wrong with a reference to a secret. */
public enum SecretError implements ErrorCode {
    /** The variable is not set, or there is no such file. */
    SECRET_MISSING,
    /** The variable or file holds nothing. */
    SECRET_EMPTY,
    /** The file is there and cannot be read. */
    SECRET_UNREADABLE;

    @Override
    public String code() {
        return "core." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorType type() {
        return ErrorType.USER;
    }
}
