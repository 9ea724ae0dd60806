package io.chartreuse.provider.postgres.alembic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Alembic's offline mode printed, by revision. It marks where each begins; what frames them all (the transaction,
 * the version table) stands outside or at the end of each.
 *
 * @param parts  the SQL by revision, in the order of execution; the last one is not whole where Alembic failed
 * @param framed whether it is printed as one transaction
 */
record SqlText(Map<String, List<String>> parts, boolean framed) {

    private static final Pattern BEGINNING = Pattern.compile("^-- Running upgrade .*-> (\\S+)\\s*$");
    private static final Set<String> FRAME = Set.of("", "BEGIN;", "COMMIT;");

    static SqlText parse(List<String> lines) {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        List<String> part = new ArrayList<>();
        boolean framed = false;
        for (String line : lines) {
            Matcher beginning = BEGINNING.matcher(line);
            if (beginning.matches()) {
                part = new ArrayList<>();
                parts.put(beginning.group(1), part);
            } else if (parts.isEmpty()) {
                framed = framed || line.strip().equals("BEGIN;");
            } else {
                part.add(line.stripTrailing());
            }
        }
        parts.replaceAll((revision, text) -> trimmed(text));
        return new SqlText(parts, framed);
    }

    /** Whether a statement of that revision stands outside of the transaction. */
    boolean leavesTransaction(String revision) {
        return !framed || parts.getOrDefault(revision, List.of()).contains("COMMIT;");
    }

    private static List<String> trimmed(List<String> text) {
        int from = 0;
        while (from < text.size() && text.get(from).isEmpty()) {
            from++;
        }
        int to = text.size();
        while (to > from && FRAME.contains(text.get(to - 1))) {
            to--;
        }
        return List.copyOf(text.subList(from, to));
    }
}
