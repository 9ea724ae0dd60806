package io.chartreuse.provider.postgres.leftover;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an index is built of, read from a {@code CREATE INDEX}, in a form that is the same for a statement and for the
 * server's own rendering of its index. Where two forms differ, the indexes may still be the same: that is then unknown.
 *
 * @param words what remains without everything that the server adds or leaves out
 */
record IndexDefinition(List<String> words) {

    private static final Pattern TOKEN = Pattern.compile(
            "--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|::|[\\p{L}_][\\w$]*|\\d[\\w.]*|[^\\s]",
            Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);

    /** Second words of types with two, behind a cast. */
    private static final Set<String> OF_TYPES = Set.of("varying", "precision", "without", "with", "time", "zone");

    private static final Set<String> DEFAULTS = Set.of("(", ")", ";", "asc");

    IndexDefinition {
        words = List.copyOf(words);
    }

    /** Empty where that statement creates no index with a name. */
    static Optional<IndexDefinition> of(String statement) {
        Optional<NamedIndex> named = NamedIndex.of(withoutComments(statement));
        return named.map(index -> new IndexDefinition(words(tokens(statement), index)));
    }

    private static String withoutComments(String sql) {
        return sql.replaceAll("--[^\\n]*", " ")
                .replaceAll("(?s)/\\*.*?\\*/", " ")
                .strip();
    }

    private static List<String> tokens(String sql) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sql);
        while (matcher.find()) {
            String token = matcher.group();
            if (!token.startsWith("--") && !token.startsWith("/*")) {
                tokens.add(folded(token));
            }
        }
        return tokens;
    }

    private static String folded(String token) {
        if (token.startsWith("'")) {
            return token;
        }
        return token.startsWith("\"")
                ? token.substring(1, token.length() - 1).replace("\"\"", "\"")
                : token.toLowerCase(Locale.ROOT);
    }

    private static List<String> words(List<String> tokens, NamedIndex index) {
        List<String> words = new ArrayList<>();
        int name = tokens.indexOf("index");
        words.add(tokens.subList(0, name).contains("unique") ? "unique" : "not unique");
        words.add(index.name());
        words.add(index.table());
        words.addAll(parts(tokens.subList(afterTable(tokens, name), tokens.size())));
        return words;
    }

    /** The position after the table's name. */
    private static int afterTable(List<String> tokens, int from) {
        int at = from + tokens.subList(from, tokens.size()).indexOf("on") + 1;
        at += tokens.get(at).equals("only") ? 1 : 0;
        return at + 1 < tokens.size() && tokens.get(at + 1).equals(".") ? at + 3 : at + 1;
    }

    /** Leaves out defaults, casts and parentheses: the server writes them in different ways. */
    private static List<String> parts(List<String> tokens) {
        List<String> parts = new ArrayList<>();
        for (int at = 0; at < tokens.size(); at++) {
            String token = tokens.get(at);
            if (token.equals("using")
                    && at + 1 < tokens.size()
                    && tokens.get(at + 1).equals("btree")) {
                at++;
            } else if (token.equals("::")) {
                at = afterType(tokens, at + 1) - 1;
            } else if (!DEFAULTS.contains(token)) {
                parts.add(token);
            }
        }
        return parts;
    }

    private static int afterType(List<String> tokens, int from) {
        int at = from + 1;
        while (at < tokens.size() && OF_TYPES.contains(tokens.get(at))) {
            at++;
        }
        return at;
    }
}
