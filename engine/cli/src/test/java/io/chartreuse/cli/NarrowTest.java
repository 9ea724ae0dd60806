package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every view fits a terminal of 40 columns, and one of 80. */
final class NarrowTest {

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
    }

    /** A word alone may be longer: an id or a path is not cut. */
    private static void assertFits(int width, Said said) {
        said.all().lines().skip(2).forEach(line -> {
            boolean oneWord = !line.strip().contains(" ");
            assertTrue(
                    line.codePointCount(0, line.length()) <= width || oneWord, width + ": " + line + "\n" + said.all());
        });
    }

    private List<Said> everything() {
        List<Said> said = new ArrayList<>();
        desk.world.failAt("main", 7);
        desk.world.leave("stock", "index public.orders_by_customer_and_day", false);
        for (String[] words : new String[][] {
            {"plan"},
            {"apply", "--yes"},
            {"status"},
            {"status", "--drift"},
            {"audit", "list"},
            {"audit", "show"},
            {"audit", "verify"},
            {"doctor"},
            {"state"},
            {"providers"},
            {"repair"},
            {"show", "0123"},
            {"plam"},
            {"restore"},
            {"--help"},
            {"help", "apply"},
            {"help", "audit"},
            {"apply", "--no-such-option"}
        }) {
            said.add(desk.run(words));
        }
        return said;
    }

    @Test
    void everyViewFitsFortyColumns() {
        desk.environment.put("COLUMNS", "40");
        everything().forEach(said -> assertFits(40, said));
    }

    @Test
    void everyViewFitsEightyColumns() {
        desk.environment.put("COLUMNS", "80");
        everything().forEach(said -> assertFits(80, said));
    }

    @Test
    void aNarrowPlanSaysTheSame() {
        List<String> wide = words(desk.run("plan"));
        desk.environment.put("COLUMNS", "40");
        assertEquals(wide, words(desk.run("plan")));
        Golden.assertSame("narrow-plan", desk.run("plan").all());
        Golden.assertSame("narrow-help", desk.runBare("help", "show").all());
    }

    private static List<String> words(Said said) {
        return List.of(said.out().strip().split("\\s+"));
    }

    @Test
    void documentsAreNeverWrapped() {
        desk.environment.put("COLUMNS", "40");
        assertEquals(
                "shop",
                desk.run("plan", "-o", "json").json().at("/release/name").asText());
        assertTrue(desk.run("plan", "-o", "json").out().lines().anyMatch(line -> line.length() > 60));
    }

    @Test
    void aWidthThatIsNoneIsIgnored() {
        String wide = desk.run("plan").out();
        for (String width : new String[] {"", "0", "-3", "wide", "7", "99999999999"}) {
            desk.environment.put("COLUMNS", width);
            assertEquals(wide, desk.run("plan").out());
        }
    }
}
