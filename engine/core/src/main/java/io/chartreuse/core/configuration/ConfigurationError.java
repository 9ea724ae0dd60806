package io.chartreuse.core.configuration;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import java.util.Locale;

/** What can be wrong with a configuration. The user has to fix all of it. */
public enum ConfigurationError implements ErrorCode {
    /** There is no such file. */
    CONFIGURATION_MISSING,
    /** The file is there and cannot be read: a directory, no permission, not UTF-8, too large. */
    CONFIGURATION_UNREADABLE,
    /** A file is not the one whose digest the command line names. */
    PIN_BROKEN,
    /** Nothing stands in the file. */
    CONFIGURATION_EMPTY,
    /** The text is not YAML, or YAML of a kind that a configuration does not need. */
    CONFIGURATION_SYNTAX,
    /** A key stands twice in one mapping. */
    SETTING_DUPLICATE,
    /** The file is of a version that this Chartreuse does not read. */
    CONFIGURATION_VERSION,
    /** A key that nothing reads. */
    SETTING_UNKNOWN,
    /** A section of a provider that is not installed. */
    PROVIDER_UNKNOWN,
    /** There is no provider's section. */
    PROVIDER_MISSING,
    /** A setting that must be there is not. */
    SETTING_MISSING,
    /** A setting has a value that it cannot have. */
    SETTING_INVALID,
    /** A secret stands where a reference to it belongs. */
    SECRET_IN_PLAIN_TEXT;

    @Override
    public String code() {
        return "core." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorType type() {
        return ErrorType.USER;
    }
}
