package io.chartreuse.provider.postgres.server;

import java.util.Objects;
import java.util.Optional;

/**
 * What a connection is for; in force from its first statement on, because it is part of the connection's start-up.
 *
 * @param application shown in {@code pg_stat_activity} and in the server's log; cut to what the server keeps
 * @param role        whom statements run as; empty: the login role
 * @param readOnly    whether the server refuses every write
 */
public record Session(String application, Optional<String> role, boolean readOnly) {

    public Session {
        Objects.requireNonNull(role, "role");
        application = ApplicationName.fitting(application);
    }

    /** The start-up options as libpq writes them: {@code -c name=value}, white space escaped. */
    String options() {
        StringBuilder options = new StringBuilder();
        if (readOnly) {
            options.append(" -c default_transaction_read_only=on");
        }
        role.ifPresent(name -> options.append(" -c role=").append(escaped(name)));
        return options.toString().strip();
    }

    private static String escaped(String value) {
        return value.replaceAll("([\\\\\\s])", "\\\\$1");
    }
}
