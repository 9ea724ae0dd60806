package io.chartreuse.provider.postgres.flyway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptOptionsTest {

    @Test
    void plainSettingsAreRead() throws ScriptOptions.Unclear {
        String text =
                "# of old\r\n\r\n  encoding : ISO-8859-1 \n!x\rplaceholderReplacement=False\nexecuteInTransaction=true";

        assertEquals(
                new ScriptOptions(Optional.of(StandardCharsets.ISO_8859_1), Optional.of(false), true),
                ScriptOptions.read(text, "${"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "placeholderReplacement=${on}",
                "placeholderReplacement=@{on}",
                "# ${newline}placeholderReplacement=false",
                "# @{x}",
                "placeholderReplacement=${HOME}",
                "${key}=false",
                "placeholderRepl\\u0061cement=false",
                "placeholderReplacement=tr\\\nue",
                "placeholderReplacement=yes",
                "placeholderReplacement false",
                "placeholderReplacement=",
                "executeInTransaction=0",
                "shouldExecute=false",
                "flyway.placeholderReplacement=false",
                "\uFEFFplaceholderReplacement=false",
                "encoding=UTF-8 x"
            })
    void whatFlywayMayReadOtherwiseIsUnclear(String line) {
        ScriptOptions.Unclear unclear =
                assertThrows(ScriptOptions.Unclear.class, () -> ScriptOptions.read("\n\n" + line, "@{"));

        assertEquals(3, unclear.line());
    }
}
