package io.chartreuse.core.store;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can go wrong with files and artifacts. */
public enum StoreError implements ErrorCode {
    /** The directory or file cannot be read. */
    UNREADABLE("store.unreadable", ErrorType.USER),
    /** The directory or file cannot be written. */
    UNWRITABLE("store.unwritable", ErrorType.USER),
    /** The file system did not take what was written. */
    WRITE_FAILED("store.write-failed", ErrorType.EXTERNAL),
    /** A file of the store is not what the store wrote. */
    FOREIGN("store.foreign", ErrorType.EXTERNAL),
    /** No artifact of that name. */
    NOT_FOUND("store.not-found", ErrorType.USER);

    private final String code;
    private final ErrorType type;

    StoreError(String code, ErrorType type) {
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
