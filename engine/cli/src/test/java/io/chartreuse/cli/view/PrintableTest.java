package io.chartreuse.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "00ad", "200b", "200d", "2060", "feff", "2028", "2029", "e0041", "e0101", "fe0f", "3164", "115f", "034f",
        "202e", "061c", "1b", "85"
    })
    void whatIsNotSeenIsShownByItsNumber(String digits) {
        int character = Integer.parseInt(digits, 16);
        String text = "drop" + Character.toString(character) + "table";
        String number = String.format("\\u%04x", character);

        assertEquals("drop" + number + "table", Printable.of(text, true));
        assertEquals("```sql\ndrop" + number + "table\n```\n", MarkdownText.block("sql", text));
        assertEquals("drop&#65533;table", MarkdownText.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'::error::x', '\\u003a:error::x'",
        "'first\n \t::add-mask::x', 'first\n \t\\u003a:add-mask::x'",
        "'first\n\u2003::x', 'first\n\u2003\\u003a:x'",
        "'a ##[group]', 'a \\u0023#[group]'",
        "'##VSO[task.setvariable]x', '\\u0023#VSO[task.setvariable]x'",
        "'##teamcity[x]', '\\u0023#teamcity[x]'",
        "'select a::text, ## [1]', 'select a::text, ## [1]'"
    })
    void commandsToAPipelineAreShownAndNotGiven(String text, String shown) {
        assertEquals(shown, Printable.of(text, true));
    }

    @Test
    void wordsOfAnyLanguageStayAsTheyAre() {
        String text = "größe\tالسعر\n価格 🍐 naïve\u00a0x";

        assertEquals(text, Printable.of(text, false));
    }

    @Test
    void onlyOurColoursStayAndOnlyWhereThereAreColours() {
        assertEquals("\u001b[31mx\u001b[0m\\u001b[5m", Printable.of("\u001b[31mx\u001b[0m\u001b[5m", true));
        assertEquals("\\u001b[31mx", Printable.of("\u001b[31mx", false));
    }
}
