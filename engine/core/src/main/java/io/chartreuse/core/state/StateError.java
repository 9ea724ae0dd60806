package io.chartreuse.core.state;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can be wrong with a state that is read. */
public enum StateError implements ErrorCode {
    /** It is not JSON, or not a state. */
    MALFORMED("state.malformed", ErrorType.USER),
    /** Its content does not give its digest. */
    EDITED("state.edited", ErrorType.USER),
    /** Another major format. */
    UNKNOWN_FORMAT("state.unknown-format", ErrorType.USER),
    /** It is of another release. */
    OTHER_RELEASE("state.other-release", ErrorType.USER),
    /** What the backend keeps is one of these. */
    BROKEN("state.broken", ErrorType.EXTERNAL),
    /** No run has recorded any. */
    NONE("state.none", ErrorType.EXTERNAL),
    /** It holds nothing of a section of the configuration. */
    SECTION_MISSING("state.section-missing", ErrorType.EXTERNAL),
    /** The configuration has changed since. A warning. */
    SECTION_CHANGED("state.section-changed", ErrorType.EXTERNAL);

    private final String code;
    private final ErrorType type;

    StateError(String code, ErrorType type) {
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
