package io.chartreuse.cli.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellWordsTest {

    @Test
    void blanksPartWordsAndQuotesKeepThemTogether() {
        assertEquals(List.of(), ShellWords.split("  \t\n"));
        assertEquals(List.of("-x", "tenant=a b", "c"), ShellWords.split(" -x tenant='a b'  \"c\" "));
        assertEquals(List.of("", "ab"), ShellWords.split("'' a\"b\""));
    }

    @Test
    void aBackslashMeansWhatItMeansInAShell() {
        assertEquals(List.of("a b", "\\n", "a\"b", "\\"), ShellWords.split("a\\ b '\\n' \"a\\\"b\" \\\\"));
        assertEquals(List.of("\\x$HOME"), ShellWords.split("\"\\x\\$HOME\""));
    }

    @Test
    void nothingIsExpanded() {
        assertEquals(List.of("$HOME", "*", "~", "`id`"), ShellWords.split("$HOME * ~ `id`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "\"a", "a\\", "\"a\\\""})
    void whatIsNotClosedIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ShellWords.split(text));
    }
}
