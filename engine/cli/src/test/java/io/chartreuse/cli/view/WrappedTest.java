package io.chartreuse.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappedTest {

    @Test
    void aLineIsBrokenBetweenWordsAndGoesOnIndented() {
        assertEquals(List.of("  one two", "      three", "      four"), Wrapped.of("  one two three four", 12, 6));
    }

    @Test
    void aWordThatIsTooLongStaysWhole() {
        assertEquals(List.of("a", "  sha256:0123456789", "  b"), Wrapped.of("a sha256:0123456789 b", 10, 2));
        assertEquals(List.of("sha256:0123456789"), Wrapped.of("sha256:0123456789", 10, 2));
    }

    @Test
    void colourTakesNoRoomAndGoesOnInTheNextLine() {
        assertEquals(
                List.of("\u001b[31mred red\u001b[0m", "  \u001b[31mred\u001b[0m"),
                Wrapped.of("\u001b[31mred red red\u001b[0m", 8, 2));
        assertEquals(List.of("\u001b[31mred\u001b[0m two"), Wrapped.of("\u001b[31mred\u001b[0m two", 7, 2));
    }

    @Test
    void aTerminalOfUnknownWidthWrapsNothing() {
        assertEquals(List.of("one two three four"), Wrapped.of("one two three four", 0, 2));
    }

    @Test
    void aTableBreaksItsLastColumnOrFlows() {
        List<List<String>> rows = List.of(List.of("a", "some words here"), List.of("bb", "x"));
        assertEquals(
                List.of("  a   some words", "      here", "  bb  x"),
                Columns.align(rows, new TextStyle(false, false, 17)));
        assertEquals(
                List.of("  long first", "      second", "      third", "  b  c  d"),
                Columns.align(
                        List.of(List.of("long first", "second", "third"), List.of("b", "c", "d")),
                        new TextStyle(false, false, 14)));
    }
}
