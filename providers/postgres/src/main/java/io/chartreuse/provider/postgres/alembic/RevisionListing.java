package io.chartreuse.provider.postgres.alembic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the entries that Alembic prints with {@code --verbose}: lines {@code Key: value} that begin with {@code Rev:},
 * an empty line, the indented text. What a project prints itself stands before or between them and is passed over.
 */
final class RevisionListing {

    private static final String BEGIN = "Rev: ";
    private static final String INDENT = "    ";
    private static final String NONE = "<base>";

    private RevisionListing() {}

    /** The entries in the order in which they were printed. */
    static List<Revision> parse(List<String> lines) {
        List<Revision> revisions = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).startsWith(BEGIN)) {
                revisions.add(entry(lines.subList(index, lines.size())));
            }
        }
        return List.copyOf(revisions);
    }

    private static Revision entry(List<String> lines) {
        Map<String, String> head = new LinkedHashMap<>();
        int index = 0;
        for (; index < lines.size() && !lines.get(index).isBlank(); index++) {
            String[] parts = lines.get(index).split(": ", 2);
            head.putIfAbsent(parts[0], parts.length > 1 ? parts[1].strip() : "");
        }
        String id = head.get("Rev").split(" \\(", 2)[0];
        List<String> parents = names(head.getOrDefault("Merges", head.getOrDefault("Parent", NONE)));
        return new Revision(
                id,
                parents,
                names(head.getOrDefault("Also depends on", NONE)),
                head.getOrDefault("Path", ""),
                message(lines.subList(Math.min(index + 1, lines.size()), lines.size())));
    }

    private static String message(List<String> lines) {
        Stream<String> paragraph = lines.stream()
                .takeWhile(line -> line.startsWith(INDENT) && !line.isBlank())
                .map(String::strip);
        return String.join(" ", paragraph.toList());
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.equals(NONE))
                .toList();
    }
}
