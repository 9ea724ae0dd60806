package io.chartreuse.spi;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of what is planned for a database's migrations, as a reviewer has to see it: mostly a pending migration; also
 * what runs around them, and what is at hand and does not run.
 *
 * @param kind          what it is
 * @param version       its version or revision; empty for one that is repeated whenever its text changes
 * @param description   its title, in the words of its author
 * @param script        the file it comes from, relative to its location
 * @param digest        {@code sha256:…} of the file's bytes; of no bytes where there is no file
 * @param transactional whether a failure leaves nothing behind
 * @param note          what a reviewer has to know besides: why it is not transactional, when a callback runs
 * @param sql           what it is going to execute, as far as that can be told beforehand and there is room for it (see
 *                      {@link #shortened}); for reviewers and their rules only
 */
public record Migration(
        Kind kind,
        Optional<String> version,
        String description,
        String script,
        String digest,
        boolean transactional,
        Optional<String> note,
        Optional<String> sql) {

    private static final Pattern SHORTENED = Pattern.compile("\\n-- … and [0-9]+ more characters$");

    /** What an entry is. */
    public enum Kind {
        /** A migration in SQL that is going to run, versioned or repeatable. */
        MIGRATION,
        /** The same, with a version below one that is applied. */
        OUT_OF_ORDER,
        /** A migration in Java that is going to run: it has no SQL. */
        JAVA,
        /** SQL that the tool runs around migrations. */
        CALLBACK,
        /** The entry in the history that says from which version on migrations run; executes nothing. */
        BASELINE,
        /** Never runs: the baseline is at its version or above. */
        SKIPPED,
        /** Takes a migration back; the tool does not run it. */
        UNDO;

        /** Whether it is one of the migrations that are pending. */
        public boolean isPending() {
            return this == MIGRATION || this == OUT_OF_ORDER || this == JAVA;
        }

        /** Whether something is executed for it. */
        public boolean isExecuted() {
            return isPending() || this == CALLBACK;
        }

        /** As plans have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Migration {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(note, "note");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(sql, "sql");
        if (!digest.startsWith("sha256:")) {
            throw new IllegalArgumentException("digest of " + script + " is not a sha256: \"" + digest + "\"");
        }
    }

    /** A migration in SQL of which there is nothing else to know. */
    public Migration(
            Optional<String> version,
            String description,
            String script,
            String digest,
            boolean transactional,
            Optional<String> sql) {
        this(Kind.MIGRATION, version, description, script, digest, transactional, Optional.empty(), sql);
    }

    /** One whose SQL is not told. */
    public Migration(
            Optional<String> version, String description, String script, String digest, boolean transactional) {
        this(version, description, script, digest, transactional, Optional.empty());
    }

    /** The same without what is told of it beforehand, which may be told differently another time. */
    public Migration withoutSql() {
        return new Migration(
                kind, version, description, script, digest, transactional, Optional.empty(), Optional.empty());
    }

    /** Those of the entries that are pending migrations. */
    public static List<Migration> pending(List<Migration> entries) {
        return entries.stream().filter(entry -> entry.kind().isPending()).toList();
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
