package io.chartreuse.provider.postgres.leftover;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that builds indexes concurrently, as far as it says which: so that an invalid index can be attributed to
 * it.
 *
 * @param again whether it builds anew what is there ({@code REINDEX}): then what it leaves has a name of the server's
 * @param index the index's name; empty where the server chooses it
 * @param table the table's name; empty where the statement names none
 */
public record IndexBuild(boolean again, Optional<String> index, Optional<String> table) {

    private static final String NAME = "(?:(?:\"(?:[^\"]|\"\")+\"|[\\w$]+)\\s*\\.\\s*)?(\"(?:[^\"]|\"\")+\"|[\\w$]+)";
    private static final Pattern CREATE = Pattern.compile(
            "\\bCREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:(?!ON\\s)" + NAME
                    + "\\s+)?ON\\s+(?:ONLY\\s+)?" + NAME,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REINDEX = Pattern.compile(
            "\\bREINDEX\\s*(?:\\([^)]*\\)\\s*)?(INDEX|TABLE|SCHEMA|DATABASE)\\s+(?:CONCURRENTLY\\s+)?" + NAME,
            Pattern.CASE_INSENSITIVE);
    private static final String REBUILT = "_cc(new|old)[0-9]*";
    private static final int LONGEST_NAME = 63;

    public IndexBuild {
        Objects.requireNonNull(index, "index");
        Objects.requireNonNull(table, "table");
    }

    /** The index that the statement builds; empty where it builds no index concurrently. */
    public static Optional<IndexBuild> of(String statement) {
        Matcher create = CREATE.matcher(statement);
        if (create.find()) {
            return Optional.of(new IndexBuild(false, name(create.group(1)), name(create.group(2))));
        }
        Matcher reindex = REINDEX.matcher(statement);
        return reindex.find() ? Optional.of(again(reindex)) : Optional.empty();
    }

    private static IndexBuild again(Matcher reindex) {
        Optional<String> name = name(reindex.group(2));
        return switch (reindex.group(1).toUpperCase(Locale.ROOT)) {
            case "INDEX" -> new IndexBuild(true, name, Optional.empty());
            case "TABLE" -> new IndexBuild(true, Optional.empty(), name);
            default -> new IndexBuild(true, Optional.empty(), Optional.empty());
        };
    }

    /** Whether the statement may have left that index. */
    public boolean leaves(InvalidIndex left) {
        if (table.filter(name -> !name.equals(left.table())).isPresent()) {
            return false;
        }
        if (again) {
            return left.name().matches(index.map(Pattern::quote).orElse(".*") + REBUILT);
        }
        return index.isEmpty() || index.get().equals(left.name());
    }

    /** The name as the server keeps it: in lower case unless quoted, and cut to its limit. */
    private static Optional<String> name(String written) {
        if (written == null) {
            return Optional.empty();
        }
        String name = written.startsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written.toLowerCase(Locale.ROOT);
        return Optional.of(name.substring(0, Math.min(LONGEST_NAME, name.length())));
    }
}
