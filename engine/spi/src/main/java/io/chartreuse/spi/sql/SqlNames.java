package io.chartreuse.spi.sql;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names as PostgreSQL keeps them. */
public final class SqlNames {

    /** So many bytes of a name count. */
    private static final int LONGEST = 63;

    private static final Pattern NUMBER = Pattern.compile("[0-9A-Fa-f]+");

    private SqlNames() {}

    /** A name without quotes as it is kept: only letters of ASCII are folded. */
    public static String folded(String written) {
        int i = 0;
        while (i < written.length() && !isCapital(written.charAt(i))) {
            i++;
        }
        if (i == written.length()) {
            return written;
        }
        StringBuilder folded = new StringBuilder(written);
        for (; i < folded.length(); i++) {
            if (isCapital(folded.charAt(i))) {
                folded.setCharAt(i, (char) (folded.charAt(i) + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** A name as it is kept, written without quotes where it means the same without them. */
    public static String written(String kept) {
        return isPlain(kept) && !SqlKeywords.has(kept) ? kept : '"' + kept.replace("\"", "\"\"") + '"';
    }

    /** Whether PostgreSQL knows it as a word of SQL. */
    public static boolean isKeyword(String word) {
        return SqlKeywords.has(word);
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && !(name.charAt(0) >= '0' && name.charAt(0) <= '9' || name.charAt(0) == '$')
                && name.chars()
                        .allMatch(
                                c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80);
    }

    /** What stands in {@code U&"…"}, its numeric escapes replaced; empty if an escape is malformed. */
    public static Optional<String> unescaped(String content, char escape) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < content.length(); i++) {
            if (content.charAt(i) != escape) {
                text.append(content.charAt(i));
            } else if (i + 1 < content.length() && content.charAt(i + 1) == escape) {
                text.append(escape);
                i++;
            } else {
                boolean six = i + 1 < content.length() && content.charAt(i + 1) == '+';
                int begin = i + (six ? 2 : 1);
                int end = begin + (six ? 6 : 4);
                if (end > content.length()
                        || !NUMBER.matcher(content.substring(begin, end)).matches()) {
                    return Optional.empty();
                }
                int point = Integer.parseInt(content.substring(begin, end), 16);
                if (!Character.isValidCodePoint(point)) {
                    return Optional.empty();
                }
                text.appendCodePoint(point);
                i = end - 1;
            }
        }
        return Optional.of(text.toString());
    }

    /** As much of a name as counts. */
    public static String shortened(String name) {
        if (name.length() <= LONGEST / 3) {
            return name;
        }
        int end = 0;
        int bytes = 0;
        while (end < name.length()) {
            int size = Character.charCount(name.codePointAt(end));
            bytes += name.substring(end, end + size).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST) {
                return name.substring(0, end);
            }
            end += size;
        }
        return name;
    }
}
