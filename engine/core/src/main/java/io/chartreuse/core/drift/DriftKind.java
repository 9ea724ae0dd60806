package io.chartreuse.core.drift;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import java.util.Locale;

/** The kinds of drift. Each is the code of a plan's warning, too. */
public enum DriftKind implements ErrorCode {
    /** Another thing answers under the name. */
    REPLACED("Make sure that the configuration leads where it should."),
    /** A database stands elsewhere: migrated by hand, or set back. */
    MOVED("Find out who moved it, and why. The plan goes on from where it stands now."),
    /** Something is there that no run made. */
    ADDED("Find out who made it: bring it into a migration, or drop it."),
    /** Something that was there is gone. */
    REMOVED("Find out who took it away: restore it where it is needed."),
    /** Something is not what it was. */
    CHANGED("Find out who changed it, and whether migrations still fit."),
    /** A resource is there that was not. */
    APPEARED("Find out where it comes from."),
    /** A resource is gone. */
    GONE("Find out who took it away."),
    /** A workload is in maintenance and should not be. */
    STOPPED("Bring it back with `chartreuse restore`."),
    /** A workload is neither in maintenance nor as it should be. */
    UNRESTORED("Bring it back with `chartreuse restore`."),
    /** What is suspended while databases migrate still is. */
    SUSPENDED("Resume it with `chartreuse restore`."),
    /** The configuration asks less before a plan is executed, or something else. */
    LOOSENED(
            "Find out who changed approvals, policy, audit or retention in the configuration, and whether that was reviewed."),
    /** A database was migrated before, and no state of it is on record to compare with. */
    NO_RECORD(
            "A first run on an existing database is warned of this, and records the state. Otherwise find out who changed"
                    + " the backend, or deleted the state."),
    /** It differs, and one of Chartreuse's runs that recorded no state may have changed it. */
    UNKNOWN(
            "Set nothing back because of this. `chartreuse audit show` says what that run began and ended; a plan goes on"
                    + " from where the database stands now, and the next run records it.");

    private final String remedy;

    DriftKind(String remedy) {
        this.remedy = remedy;
    }

    /** The word that output uses: {@code moved}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What to do about it, for people. */
    public String remedy() {
        return remedy;
    }

    @Override
    public String code() {
        return "drift." + word();
    }

    @Override
    public ErrorType type() {
        return ErrorType.EXTERNAL;
    }
}
