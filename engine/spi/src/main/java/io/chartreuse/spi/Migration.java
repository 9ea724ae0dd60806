package io.chartreuse.spi;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One pending migration of a database, as a reviewer has to see it.
 *
 * @param version       its version or revision; empty for one that is repeated whenever its text changes
 * @param description   its title, in the words of its author
 * @param script        the file it comes from, relative to its location
 * @param digest        {@code sha256:…} of the file's bytes
 * @param transactional whether a failure leaves nothing behind
 * @param sql           what it is going to execute, as far as that can be told beforehand and there is room for it (see
 *                      {@link #shortened}); for reviewers and their rules only
 */
public record Migration(
        Optional<String> version,
        String description,
        String script,
        String digest,
        boolean transactional,
        Optional<String> sql) {

    private static final Pattern SHORTENED = Pattern.compile("\\n-- … and [0-9]+ more characters$");

    public Migration {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(sql, "sql");
        if (!digest.startsWith("sha256:")) {
            throw new IllegalArgumentException("digest of " + script + " is not a sha256: \"" + digest + "\"");
        }
    }

    /** One whose SQL is not told. */
    public Migration(
            Optional<String> version, String description, String script, String digest, boolean transactional) {
        this(version, description, script, digest, transactional, Optional.empty());
    }

    /** The same without what is told of it beforehand, which may be told differently another time. */
    public Migration withoutSql() {
        return new Migration(version, description, script, digest, transactional);
    }

    /** SQL of at most so many characters; where that is not all of it, the end says so. */
    public static String shortened(String sql, int longest) {
        return sql.length() <= longest
                ? sql
                : sql.substring(0, longest) + "\n-- … and " + (sql.length() - longest) + " more characters";
    }

    /** Whether this is not all of it. */
    public static boolean isShortened(String sql) {
        return SHORTENED.matcher(sql).find();
    }
}
