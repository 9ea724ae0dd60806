package io.chartreuse.provider.postgres.alembic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IniFileTest {

    private static final String TEXT = """
            # naïve
            [alembic]
            script_location = %(here)s/scripts
            sqlalchemy.url : postgresql+psycopg://old/
               continued

            [audit]
            sqlalchemy.url = postgresql://audit/x
            [empty]
            """;

    private static IniFile ini(String text) {
        return IniFile.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(IniFile ini) {
        return new String(ini.content(), StandardCharsets.UTF_8);
    }

    @Test
    void aValueIsReplacedInItsSectionAndNothingElseMoves() {
        assertEquals(
                TEXT.replace(
                        "sqlalchemy.url : postgresql+psycopg://old/\n   continued",
                        "sqlalchemy.url = postgresql://a%%40b/"),
                text(ini(TEXT).with("alembic", "sqlalchemy.url", "postgresql://a%40b/")));
    }

    @Test
    void aValueThatIsMissingIsAddedWithItsSectionWhereNeeded() {
        assertEquals(TEXT + "here = /é\n", text(ini(TEXT).with("empty", "here", "/é")));
        assertEquals("[DEFAULT]\nhere = /app\n" + TEXT, text(ini(TEXT).with("DEFAULT", "here", "/app")));
    }

    @Test
    void aValueIsReadFromItsSection() {
        assertEquals(Optional.of("postgresql://audit/x"), ini(TEXT).value("audit", "sqlalchemy.url"));
        assertEquals(Optional.empty(), ini(TEXT).value("empty", "sqlalchemy.url"));
        assertEquals(Optional.empty(), ini("[a]\n#x = 1\n").value("a", "#x"));
        assertFalse(ini(TEXT).hasSection("other"));
    }

    @Test
    void windowsLineEndsAreNoPartOfAValue() {
        assertEquals(Optional.of("1"), ini("[a]\r\nx = 1\r\n").value("a", "x"));
    }
}
