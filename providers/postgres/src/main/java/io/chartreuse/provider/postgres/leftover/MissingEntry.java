package io.chartreuse.provider.postgres.leftover;

import java.util.Objects;

/**
 * The missing history entry of a migration that has done all of its work, but whose process died before it recorded
 * that.
 *
 * @param script its file, relative to its location
 * @param why    it is known to be done, for people
 * @param sql    that adds the entry
 */
public record MissingEntry(String script, String why, String sql) {
    public MissingEntry {
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(sql, "sql");
    }
}
