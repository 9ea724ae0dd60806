package io.chartreuse.spi;

import java.util.Objects;
import java.util.Optional;

/**
 * One pending migration of a database, as a reviewer has to see it.
 *
 * @param version       its version or revision; empty for one that is repeated whenever its text changes
 * @param description   its title, in the words of its author
 * @param script        the file it comes from, relative to its location
 * @param digest        {@code sha256:…} of the file's bytes
 * @param transactional whether a failure leaves nothing behind
 * @param sql           what a script in another language is going to execute, as far as that can be told beforehand; for
 *                      the reviewer only, and bounded
 */
public record Migration(
        Optional<String> version,
        String description,
        String script,
        String digest,
        boolean transactional,
        Optional<String> sql) {

    public Migration {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(sql, "sql");
        if (!digest.startsWith("sha256:")) {
            throw new IllegalArgumentException("digest of " + script + " is not a sha256: \"" + digest + "\"");
        }
    }

    /** One whose script is its SQL. */
    public Migration(
            Optional<String> version, String description, String script, String digest, boolean transactional) {
        this(version, description, script, digest, transactional, Optional.empty());
    }

    /** The same without what is told of it beforehand, which may be told differently another time. */
    public Migration withoutSql() {
        return new Migration(version, description, script, digest, transactional);
    }
}
