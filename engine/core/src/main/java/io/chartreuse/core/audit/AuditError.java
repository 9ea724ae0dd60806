package io.chartreuse.core.audit;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can be wrong with what is on record. */
public enum AuditError implements ErrorCode {
    /** Runs do not form one chain, or a record is not what the run after it saw. */
    CHAIN_BROKEN("audit.chain-broken", ErrorType.EXTERNAL),
    /** A run, or its plan, is of another release, namespace or cluster. */
    FOREIGN_RUN("audit.foreign-run", ErrorType.EXTERNAL),
    /** A run is not signed by a key of the configuration. */
    SIGNATURE_MISSING("audit.signature-missing", ErrorType.EXTERNAL),
    /** The record is not what was exported. */
    EXPORT_DIFFERS("audit.export-differs", ErrorType.EXTERNAL),
    /** A run says that retention removed others, which it would not have done. */
    REMOVAL_UNDUE("audit.removal-undue", ErrorType.EXTERNAL),
    /** Something is stored that is not what was stored. */
    ARTIFACT_UNSOUND("audit.artifact-unsound", ErrorType.EXTERNAL),
    /** The plan of a run is missing, or is not the one that was executed. */
    PLAN_BROKEN("audit.plan-broken", ErrorType.EXTERNAL),
    /** The approvals that a run says it had are not there. */
    APPROVAL_MISSING("audit.approval-missing", ErrorType.EXTERNAL),
    /** The state on record is not the one that its run has recorded. */
    STATE_BROKEN("audit.state-broken", ErrorType.EXTERNAL),
    /** A record changed while it was to be written. */
    RECORD_MOVED("audit.record-moved", ErrorType.EXTERNAL),
    /** No record has the digest that was noted. */
    DIGEST_UNKNOWN("audit.digest-unknown", ErrorType.EXTERNAL);

    private final String code;
    private final ErrorType type;

    AuditError(String code, ErrorType type) {
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
