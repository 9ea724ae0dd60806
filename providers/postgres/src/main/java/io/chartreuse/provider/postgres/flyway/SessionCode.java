package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.flyway.TopLevelStatements.Found;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether the code that statements run may have changed their session: DO blocks, and the functions, procedures and
 * triggers that the database has or that the script creates. Code that cannot be read counts as a change.
 */
final class SessionCode {

    private static final String FIRST = "(?:^|.*(?:\\b(?:BEGIN|THEN|ELSE|LOOP)|>>) ?)";
    private static final List<Pattern> CHANGING = List.of(
            Pattern.compile(FIRST
                    + "(SET (?!LOCAL\\b|TRANSACTION\\b|CONSTRAINTS\\b)|(RESET|DISCARD|LOAD|LISTEN|UNLISTEN)\\b).*"),
            Pattern.compile("(?!.*\\b(UPDATE|ALTER)\\b).*\\bSET (?!LOCAL\\b|TRANSACTION\\b|CONSTRAINTS\\b).*"),
            Pattern.compile(".*\\b(SET_CONFIG|TEMP|TEMPORARY|PREPARE|DEALLOCATE|PG_(TRY_)?ADVISORY_(UN)?LOCK(_SHARED)?"
                    + "|PG_ADVISORY_UNLOCK_ALL|DBLINK_CONNECT(_U)?)\\b.*"),
            Pattern.compile(".*\\bEXECUTE\\b(?! (FUNCTION|PROCEDURE|ON)\\b).*"));
    private static final Pattern BLOCK = Pattern.compile("DO\\b.*");
    private static final Pattern LANGUAGE = Pattern.compile(".*\\bLANGUAGE [\"']?([\\w$]+).*");
    private static final Set<String> UNDERSTOOD = Set.of("PLPGSQL", "SQL");
    private static final Pattern ROUTINE =
            Pattern.compile("(CREATE (?:OR REPLACE )?|DROP |ALTER )(?:FUNCTION|PROCEDURE|ROUTINE) (?:IF EXISTS )?"
                    + TransactionUse.NAME + ".*");
    private static final Pattern WORD =
            Pattern.compile("\"((?:[^\"]|\"\")+)\"|([\\w$]+)", Pattern.UNICODE_CHARACTER_CLASS);

    /** Stands for code that this session cannot read. */
    private static final String UNKNOWN = "EXECUTE unknown";

    private final Supplier<Map<String, String>> inDatabase;
    private final Map<String, String> created = new HashMap<>();
    private final Set<String> moved = new HashSet<>();
    private final Set<String> words = new HashSet<>();
    private boolean changes;

    /**
     * @param inDatabase the code of routines by name, and of triggers by the name of their table; asked for at most
     *                   once
     */
    SessionCode(Supplier<Map<String, String>> inDatabase) {
        this.inDatabase = inDatabase;
    }

    /** Adds a statement that has run. */
    void add(Found found) {
        Matcher routine = ROUTINE.matcher(found.text());
        if (routine.matches()) {
            String name = TransactionUse.name(routine.group(2));
            if (routine.group(1).startsWith("CREATE")) {
                created.merge(name, code(found), (one, other) -> one + "\n;" + other);
            } else {
                moved.add(name);
            }
        } else if (BLOCK.matcher(found.text()).matches()) {
            String code = code(found);
            changes |= isChanging(code);
            words.addAll(words(code));
        } else {
            words.addAll(wordsOf(found.text()));
        }
    }

    /** Whether one of the statements that have run may have changed the session. */
    boolean mayHaveChanged() {
        if (changes || words.stream().anyMatch(moved::contains)) {
            return true;
        }
        if (words.isEmpty()) {
            return false;
        }
        Map<String, String> known = new HashMap<>(inDatabase.get());
        created.forEach((name, code) -> known.merge(name, code, (one, other) -> one + "\n;" + other));
        Set<String> seen = new HashSet<>();
        return words.stream().anyMatch(word -> changes(word, known, seen));
    }

    private boolean changes(String word, Map<String, String> known, Set<String> seen) {
        String code = known.get(word);
        if (code == null || !seen.add(word)) {
            return false;
        }
        return isChanging(code) || words(code).stream().anyMatch(called -> changes(called, known, seen));
    }

    private static String code(Found found) {
        Optional<String> language = LANGUAGE.matcher(found.text())
                .results()
                .map(match -> match.group(1))
                .findFirst();
        return found.readable()
                        && language.filter(name -> !UNDERSTOOD.contains(name)).isEmpty()
                ? found.code()
                : UNKNOWN;
    }

    private static boolean isChanging(String code) {
        boolean[] changing = {false};
        read(
                code,
                text -> changing[0] |= CHANGING.stream()
                        .anyMatch(pattern -> pattern.matcher(text).matches()));
        return changing[0];
    }

    private static Set<String> words(String code) {
        Set<String> all = new HashSet<>();
        read(code, text -> all.addAll(wordsOf(text)));
        return all;
    }

    /** The words in the server's spelling of names. */
    private static Set<String> wordsOf(String text) {
        return WORD.matcher(text).results().map(SessionCode::word).collect(Collectors.toSet());
    }

    private static String word(MatchResult match) {
        return match.group(1) == null
                ? match.group(2).toLowerCase(Locale.ROOT)
                : match.group(1).replace("\"\"", "\"");
    }

    private static void read(String code, Consumer<String> consumer) {
        try {
            TopLevelStatements.read(new StringReader(code), found -> consumer.accept(found.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
