package io.chartreuse.spi.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which word was meant. */
public final class Suggestion {

    /** The most edits between a word and a suggestion. */
    private static final int MOST = 3;

    private Suggestion() {}

    /** The candidate that differs least from the word; empty where none is like it. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= tolerance(candidate) || shortened(word, candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code dir} for {@code directory}. */
    private static boolean shortened(String word, String candidate) {
        return word.length() >= 3
                && word.length() <= 2 * candidate.length()
                && plain(candidate).startsWith(plain(word));
    }

    private static int tolerance(String candidate) {
        return Math.max(1, Math.min(MOST, candidate.length() / 3));
    }

    /**
     * Edits between the two; a swap of neighbours counts one; case, hyphens and underscores count nothing. Words of very
     * different length are not compared, however long they are: what the difference is by itself.
     */
    static int distance(String one, String other) {
        if (one.length() > 2 * (other.length() + MOST)) {
            return one.length();
        }
        String a = plain(one);
        String b = plain(other);
        if (Math.abs(a.length() - b.length()) > MOST) {
            return Math.abs(a.length() - b.length());
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = cell(a, b, i, j, d);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cell(String a, String b, int i, int j, int[][] d) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(d[i - 1][j - 1] + same, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
