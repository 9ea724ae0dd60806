package io.chartreuse.provider.postgres.server;

import java.util.Objects;
import java.util.Optional;

/**
 * The purpose of a connection; in force from its first statement on, because it is part of the connection's start-up.
 *
 * @param application shown in {@code pg_stat_activity} and in the server's log; cut to the server's limit
 * @param role        the role that statements run as; empty: the login role
 * @param readOnly    whether the server refuses every write; the driver sets that after it has verified that the server
 *                    is the primary, which a start-up option would hide from it
 * @param usersPath   whether names are looked up as in migrations; else in {@code pg_catalog} alone
 */
public record SessionPurpose(String application, Optional<String> role, boolean readOnly, boolean usersPath) {

    public SessionPurpose {
        Objects.requireNonNull(role, "role");
        application = ApplicationName.fitting(application);
    }

    /** The purpose of Chartreuse's own queries, in which all names are the server's own. */
    public SessionPurpose(String application, Optional<String> role, boolean readOnly) {
        this(application, role, readOnly, false);
    }

    /**
     * The same with the search path that migrations have. Other logins may be allowed to create functions in its
     * schemas, and a query that does not name the server's own with their schema could call one of those with this
     * session's rights.
     */
    public SessionPurpose inUsersPath() {
        return new SessionPurpose(application, role, readOnly, true);
    }

    /** The start-up options as libpq writes them: {@code -c name=value}, white space escaped. */
    String options() {
        StringBuilder options = new StringBuilder();
        role.ifPresent(name -> options.append(" -c role=").append(escaped(name)));
        if (!usersPath) {
            options.append(" -c search_path=pg_catalog");
        }
        return options.toString().strip();
    }

    private static String escaped(String value) {
        return value.replaceAll("([\\\\\\s])", "\\\\$1");
    }
}
