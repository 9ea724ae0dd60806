package io.chartreuse.core.approval;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can be wrong with approvals. */
public enum ApprovalError implements ErrorCode {
    /** A plan has fewer approvals than the configuration asks for. */
    MISSING("approval.missing", ErrorType.REFUSED),
    /** A plan that is made and applied at once can have none. */
    COMPUTED("approval.computed", ErrorType.REFUSED),
    /** The configuration asks for none, so one would not count. */
    NOT_CONFIGURED("approval.not-configured", ErrorType.USER),
    /** A key cannot be read, or is of a kind that is not used. */
    KEY_UNUSABLE("approval.key-unusable", ErrorType.USER),
    /** The signature is by none of the keys that count. */
    KEY_UNKNOWN("approval.key-unknown", ErrorType.USER),
    /** The file holds no signature. */
    SIGNATURE_UNREADABLE("approval.signature-unreadable", ErrorType.USER),
    /** More approvals are asked for than there are keys. */
    UNREACHABLE("approval.unreachable", ErrorType.USER);

    private final String code;
    private final ErrorType type;

    ApprovalError(String code, ErrorType type) {
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
