package io.chartreuse.chart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page in Markdown, as a forge shows it.
 *
 * @param file where it is
 * @param text without blocks of code, in which nothing is a link or a heading
 */
record Page(Path file, String text) {

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

    static Page read(Path file) {
        return new Page(file, FENCED.matcher(ChartFolder.read(file)).replaceAll(""));
    }

    /** The links without a target, as they are written. Does not follow links to other sites. */
    List<String> deadLinks() {
        return LINK.matcher(text)
                .results()
                .map((MatchResult link) -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(this::isDead)
                .toList();
    }

    private boolean isDead(String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return true;
        }
        return parts.length == 2 && read(target).anchors().noneMatch(parts[1]::equals);
    }

    /** The anchors of its headings. */
    Stream<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(text).results().map(heading -> {
            String anchor = anchor(heading.group(1));
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            return before == 0 ? anchor : anchor + "-" + before;
        });
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
