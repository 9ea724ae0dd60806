package io.chartreuse.cli.legacy;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import java.util.Locale;

/** What can be wrong with the earlier tool's settings. The user has to fix all of it. */
public enum LegacyError implements ErrorCode {
    /** There is neither a file nor a variable that says which databases there are. */
    NOTHING_SAID,
    /** The file is not of the earlier tool. */
    FILE,
    /** A setting that must be there is not. */
    SETTING_MISSING,
    /** A setting or variable that the earlier tool did not know, or that has no counterpart. */
    SETTING_UNKNOWN,
    /** A setting or variable has a value that it cannot have. */
    SETTING_INVALID,
    /** A password stands in the arguments of Alembic. */
    SECRET_IN_ARGUMENTS,
    /** Nothing says which release it is. */
    RELEASE_UNKNOWN,
    /** A database is not PostgreSQL's, and is left out. */
    DIALECT,
    /** Another driver than SQLAlchemy's own choice was asked for, which now {@code alembic.ini} must do. */
    DRIVER;

    @Override
    public String code() {
        return "cli.earlier-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorType type() {
        return ErrorType.USER;
    }
}
