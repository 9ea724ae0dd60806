package io.chartreuse.provider.postgres.server;

import java.util.Objects;
import java.util.Optional;

/**
 * What a connection is for; in force from its first statement on, because it is part of the connection's start-up.
 *
 * @param application shown in {@code pg_stat_activity} and in the server's log; cut to what the server keeps
 * @param role        whom statements run as; empty: the login role
 * @param readOnly    whether the server refuses every write; the driver sees to it before it hands the connection out
 *                    and after it has made sure that it is the primary's, which an option would hide from it
 */
public record Session(String application, Optional<String> role, boolean readOnly) {

    public Session {
        Objects.requireNonNull(role, "role");
        application = ApplicationName.fitting(application);
    }

    /** The start-up options as libpq writes them: {@code -c name=value}, white space escaped. */
    String options() {
        StringBuilder options = new StringBuilder();
        role.ifPresent(name -> options.append(" -c role=").append(escaped(name)));
        return options.toString().strip();
    }

    private static String escaped(String value) {
        return value.replaceAll("([\\\\\\s])", "\\\\$1");
    }
}
