package io.chartreuse.provider.postgres.leftover;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The index that a {@code CREATE INDEX} names.
 *
 * @param name        as the server keeps it
 * @param schema      of the table, and so of the index; empty: as the search path finds it
 * @param table       as the server keeps it
 * @param ifNotExists whether an index of that name is left as it is
 * @param concurrent  whether it may be left invalid
 */
public record NamedIndex(String name, Optional<String> schema, String table, boolean ifNotExists, boolean concurrent) {

    private static final int LONGEST_NAME = 63;
    private static final String WORD = "(\"(?:[^\"]|\"\")+\"|[\\w$]+)";
    private static final Pattern CREATE = Pattern.compile(
            "\\s*CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+(CONCURRENTLY\\s+)?(IF\\s+NOT\\s+EXISTS\\s+)?(?!ON\\s)" + WORD
                    + "\\s+ON\\s+(?:ONLY\\s+)?(?:" + WORD + "\\s*\\.\\s*)?" + WORD + ".*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);

    public NamedIndex {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(table, "table");
    }

    /**
     * The index that the statement, without comments, names; empty for others and where the server chooses the name.
     */
    public static Optional<NamedIndex> of(String statement) {
        Matcher create = CREATE.matcher(statement);
        return create.matches()
                ? Optional.of(new NamedIndex(
                        kept(create.group(3)),
                        Optional.ofNullable(create.group(4)).map(NamedIndex::kept),
                        kept(create.group(5)),
                        create.group(2) != null,
                        create.group(1) != null))
                : Optional.empty();
    }

    /** Whether that index has its name and place. */
    public boolean isNamed(InvalidIndex index) {
        return name.equals(index.name())
                && schema.filter(written -> !written.equals(index.schema())).isEmpty();
    }

    private static String kept(String written) {
        String name = written.startsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written.toLowerCase(Locale.ROOT);
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }
}
