package io.chartreuse.core.secret;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import java.util.Locale;

/** What can be wrong with a reference to a secret. */
public enum SecretError implements ErrorCode {
    /** The program that gives the secret failed or took too long. */
    SECRET_COMMAND_FAILED(ErrorType.EXTERNAL),
    /** The variable is not set, or there is no such file or program. */
    SECRET_MISSING(ErrorType.USER),
    /** The variable, file or output holds nothing. */
    SECRET_EMPTY(ErrorType.USER),
    /** It is so short that it could not be masked. */
    SECRET_TOO_SHORT(ErrorType.USER),
    /** The file is there and cannot be read. */
    SECRET_UNREADABLE(ErrorType.USER);

    private final ErrorType type;

    SecretError(ErrorType type) {
        this.type = type;
    }

    @Override
    public String code() {
        return "core." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
