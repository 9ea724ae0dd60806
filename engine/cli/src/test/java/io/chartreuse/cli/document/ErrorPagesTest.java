package io.chartreuse.cli.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorPagesTest {

    /** The page wraps its lines, and a tool shows the whole text. */
    @Test
    void problemAndRemedyAreReadToTheirEnd() throws IOException {
        String page = Files.readString(Path.of("../docs/errors.md"));
        ErrorPages pages = ErrorPages.packaged();
        List<String> cut = new ArrayList<>();
        List<MatchResult> entries = Pattern.compile("(?s)### (\\S+)\n\n(Problem: .+?)\n\n(Remedy: .+?)(?=\n\n|\\s*$)")
                .matcher(page)
                .results()
                .toList();
        assertTrue(entries.size() > 100, () -> entries.size() + " entries");
        for (MatchResult entry : entries) {
            ErrorPages.ErrorPage read = pages.of(entry.group(1)).orElseThrow();
            if (!oneLine(entry.group(2)).equals("Problem: " + read.problem())
                    || !oneLine(entry.group(3)).equals("Remedy: " + read.remedy())) {
                cut.add(entry.group(1) + ": " + read);
            }
        }
        assertEquals(List.of(), cut);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\n\\s*", " ").strip();
    }
}
