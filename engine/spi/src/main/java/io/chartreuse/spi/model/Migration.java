package io.chartreuse.spi.model;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of the migrations that a plan shows to a reviewer: usually a pending migration, or a callback that runs
 * around them, or a migration that exists and does not run.
 *
 * @param kind          what it is
 * @param version       its version or revision; empty for one that is repeated whenever its text changes
 * @param description   its title, as its author wrote it
 * @param script        the file it comes from, relative to its location
 * @param digest        {@code sha256:…} of the file's bytes; of no bytes if it has no file
 * @param transactional whether a failure rolls back all of it
 * @param note          what a reviewer has to know besides: why it is not transactional, when a callback runs
 * @param sql           what it is going to execute, all of it, with its placeholders replaced; empty where that cannot
 *                      be known beforehand or is too large for a plan. For reviewers and their rules only
 * @param largeSql      the same where it is too large for a plan
 */
public record Migration(
        Kind kind,
        Optional<String> version,
        String description,
        String script,
        String digest,
        boolean transactional,
        Optional<String> note,
        Optional<String> sql,
        Optional<LargeSql> largeSql) {

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
        /** Undoes a migration; the tool does not run it. */
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
        Objects.requireNonNull(largeSql, "largeSql");
        if (!digest.startsWith("sha256:")) {
            throw new IllegalArgumentException("digest of " + script + " is not a sha256: \"" + digest + "\"");
        }
    }

    /** A migration in SQL without a note. */
    public Migration(
            Optional<String> version,
            String description,
            String script,
            String digest,
            boolean transactional,
            Optional<String> sql) {
        this(Kind.MIGRATION, version, description, script, digest, transactional, Optional.empty(), sql);
    }

    /** One whose SQL is not known, or not too large for a plan. */
    public Migration(
            Kind kind,
            Optional<String> version,
            String description,
            String script,
            String digest,
            boolean transactional,
            Optional<String> note,
            Optional<String> sql) {
        this(kind, version, description, script, digest, transactional, note, sql, Optional.empty());
    }

    /** A migration in SQL that is not known. */
    public Migration(
            Optional<String> version, String description, String script, String digest, boolean transactional) {
        this(version, description, script, digest, transactional, Optional.empty());
    }

    /** The same with this SQL. */
    public Migration withSql(String text) {
        return with(note, Optional.of(text), Optional.empty());
    }

    /** The same with SQL that is too large for a plan. */
    public Migration withLargeSql(LargeSql large) {
        return with(note, Optional.empty(), Optional.of(large));
    }

    /** The same with another note. */
    public Migration withNote(Optional<String> other) {
        return with(other, sql, largeSql);
    }

    private Migration with(Optional<String> other, Optional<String> text, Optional<LargeSql> large) {
        return new Migration(kind, version, description, script, digest, transactional, other, text, large);
    }

    /** Its SQL as it can be read, however large it is; empty where it is not known, or only its digest is. */
    public Optional<LargeSql> readableSql() {
        return sql.map(text -> LargeSql.of(pieces -> pieces.statements(text)))
                .or(() -> largeSql.filter(LargeSql::isReadable));
    }

    /** The same without its SQL, which may be rendered differently another time. */
    public Migration withoutSql() {
        return new Migration(
                kind, version, description, script, digest, transactional, Optional.empty(), Optional.empty());
    }

    /** Those of the entries that are pending migrations. */
    public static List<Migration> pending(List<Migration> entries) {
        return entries.stream().filter(entry -> entry.kind().isPending()).toList();
    }

    /** Whether that text is not all of a migration's SQL: plans before format 1.3 held the beginning of what is long. */
    public static boolean isShortened(String sql) {
        return SHORTENED.matcher(sql).find();
    }
}
