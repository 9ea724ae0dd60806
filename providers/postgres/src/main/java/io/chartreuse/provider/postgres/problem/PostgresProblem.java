package io.chartreuse.provider.postgres.problem;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import java.util.Locale;

/** The codes of this provider; each has its entry in {@code engine/docs/errors.md}. */
public enum PostgresProblem implements ErrorCode {
    // The configuration and the user's files.
    CREDENTIALS_IN_URL(ErrorType.USER),
    INVALID_URL(ErrorType.USER),
    MISSING_LOCATION(ErrorType.USER),
    NO_MIGRATIONS(ErrorType.USER),
    INVALID_FILE_NAME(ErrorType.USER),
    SCRIPT_MIGRATION(ErrorType.USER),
    DUPLICATE_MIGRATION(ErrorType.USER),
    UNREADABLE_MIGRATION(ErrorType.USER),
    NOT_TRANSACTIONAL(ErrorType.USER),
    STATEMENT_TOO_LARGE(ErrorType.USER),
    MISSING_PLACEHOLDER(ErrorType.USER),
    UNSTABLE_REPEATABLE(ErrorType.USER),
    UNKNOWN_TARGET(ErrorType.USER),
    UNKNOWN_DEPENDENCY(ErrorType.USER),
    CIRCULAR_DEPENDENCY(ErrorType.USER),
    UNUSABLE_CLASS(ErrorType.USER),

    // The user's Alembic.
    ALEMBIC_CONFIG(ErrorType.USER),
    ALEMBIC_DRIVER(ErrorType.USER),
    ALEMBIC_ELSEWHERE(ErrorType.USER),
    ALEMBIC_ENVIRONMENT(ErrorType.USER),
    ALEMBIC_NOT_FOUND(ErrorType.USER),
    ALEMBIC_SCRIPTS(ErrorType.USER),
    ALEMBIC_TIMEOUT(ErrorType.EXTERNAL),
    ALEMBIC_TOO_OLD(ErrorType.USER),
    SEVERAL_HEADS(ErrorType.USER),

    // The server.
    UNREACHABLE(ErrorType.EXTERNAL),
    CREDENTIALS_REFUSED(ErrorType.EXTERNAL),
    ENCRYPTION_FAILED(ErrorType.EXTERNAL),
    AUTHENTICATION_METHOD(ErrorType.EXTERNAL),
    PASSWORD_IN_CLEAR(ErrorType.EXTERNAL),
    OTHER_DATABASE(ErrorType.EXTERNAL),
    POOLER(ErrorType.EXTERNAL),
    UNKNOWN_DATABASE(ErrorType.EXTERNAL),
    UNKNOWN_ROLE(ErrorType.EXTERNAL),
    ROLE_NOT_PERMITTED(ErrorType.EXTERNAL),
    READ_ONLY(ErrorType.EXTERNAL),
    STANDARD_STRINGS_OFF(ErrorType.EXTERNAL),
    OPEN_SCHEMA(ErrorType.EXTERNAL),
    REFUSED(ErrorType.EXTERNAL),
    CLOCK_SKEW(ErrorType.EXTERNAL),
    OUT_OF_RESOURCES(ErrorType.EXTERNAL),

    // The history, compared with the migrations.
    FAILED_ENTRY(ErrorType.EXTERNAL),
    UNFINISHED_MIGRATION(ErrorType.EXTERNAL),
    STILL_EXECUTING(ErrorType.EXTERNAL),
    FOREIGN_NOTES(ErrorType.EXTERNAL),
    INVALID_INDEX(ErrorType.EXTERNAL),
    REPAIR_MOVED(ErrorType.STALE),
    APPLIED_MISSING(ErrorType.EXTERNAL),
    OUT_OF_ORDER(ErrorType.EXTERNAL),
    CHECKSUM_CHANGED(ErrorType.EXTERNAL),
    DESCRIPTION_CHANGED(ErrorType.EXTERNAL),
    TYPE_CHANGED(ErrorType.EXTERNAL),
    NO_HISTORY(ErrorType.EXTERNAL),
    BASELINE_NOT_CHOSEN(ErrorType.EXTERNAL),
    AHEAD(ErrorType.EXTERNAL),
    EMPTY(ErrorType.EXTERNAL),

    // What was recorded, in the database's stead.
    NOT_RECORDED(ErrorType.EXTERNAL),
    RECORDED_ELSEWHERE(ErrorType.EXTERNAL),

    // Migrating.
    CONNECTION_LOST(ErrorType.EXTERNAL),
    NO_CLUSTER(ErrorType.USER),
    NO_PRIMARY(ErrorType.EXTERNAL),
    HISTORY_LOST(ErrorType.EXTERNAL),
    OTHER_SERVER(ErrorType.EXTERNAL),
    OTHER_LEADER(ErrorType.EXTERNAL),
    OTHER_CLUSTER(ErrorType.EXTERNAL),
    HALF_DONE(ErrorType.EXTERNAL),
    MIGRATIONS_MOVED(ErrorType.STALE),
    LOCKED(ErrorType.LOCKED),
    LOCK_TIMEOUT(ErrorType.EXTERNAL),
    MIGRATION_FAILED(ErrorType.EXTERNAL);

    private final ErrorType type;

    PostgresProblem(ErrorType type) {
        this.type = type;
    }

    @Override
    public String code() {
        return "postgres." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
