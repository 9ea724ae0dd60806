package io.chartreuse.core.apply;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * SQL that a tool renders anew each time, with the time of day in its literals. Only a literal that differs between two
 * renderings of now may differ in the plan, too. Pure.
 */
final class RenderedSql {

    /** A literal, or what stands between literals; without groups, since literals may be long. */
    private static final Pattern PIECE = Pattern.compile("'[^']*'|[^']+|'");

    /** What a time or an id is written with. */
    private static final Pattern PASSING = Pattern.compile("'[\\p{Alnum} :+._-]{0,100}'");

    private RenderedSql() {}

    /** Whether the plan shows what is rendered now, but for what changes by itself. */
    static boolean isSame(String planned, String now, String again) {
        List<String> shown = pieces(planned);
        List<String> first = pieces(now);
        List<String> second = pieces(again);
        if (shown.size() != first.size() || first.size() != second.size()) {
            return false;
        }
        for (int i = 0; i < first.size(); i++) {
            boolean passing = !first.get(i).equals(second.get(i)) && isPassing(first.get(i)) && isPassing(shown.get(i));
            if (!passing && !shown.get(i).equals(first.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPassing(String piece) {
        return PASSING.matcher(piece).matches();
    }

    private static List<String> pieces(String sql) {
        return PIECE.matcher(sql).results().map(MatchResult::group).toList();
    }
}
