package io.chartreuse.core.lock;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can go wrong with the lock. */
public enum LockError implements ErrorCode {
    /** Another run holds it and is alive. */
    HELD("lock.held", ErrorType.LOCKED),
    /** Its holder has let it lapse. */
    LAPSED("lock.lapsed", ErrorType.EXTERNAL),
    /** It was ours and no longer is. */
    LOST("lock.lost", ErrorType.EXTERNAL),
    /** No process holds it, and it could not be taken: a right or storage space is missing. */
    UNAVAILABLE("lock.unavailable", ErrorType.EXTERNAL),
    /** It could not be renewed for so long that it is not known whether it is still ours. */
    UNCONFIRMED("lock.unconfirmed", ErrorType.EXTERNAL);

    private final String code;
    private final ErrorType type;

    LockError(String code, ErrorType type) {
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
