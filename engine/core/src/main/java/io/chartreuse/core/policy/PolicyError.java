package io.chartreuse.core.policy;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can be wrong with policy files, and the errors for a plan that breaks a rule. */
public enum PolicyError implements ErrorCode {
    /** A file is not there, or cannot be read as text. */
    UNREADABLE("policy.unreadable", ErrorType.USER),
    /** A file holds no rules, or rules that cannot be used. */
    MALFORMED("policy.malformed", ErrorType.USER),
    /** The plan breaks a rule that forbids. */
    VIOLATED("policy.violated", ErrorType.REFUSED),
    /** A rule asks for SQL that cannot be read as PostgreSQL reads it. */
    UNREADABLE_SQL("policy.unreadable-sql", ErrorType.REFUSED),
    /** The plan breaks a rule that only warns. */
    WARNED("policy.warned", ErrorType.REFUSED);

    private final String code;
    private final ErrorType type;

    PolicyError(String code, ErrorType type) {
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
