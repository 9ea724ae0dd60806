package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs of a script is what PostgreSQL reads in it, and what rules were shown. */
class ScriptReadingTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void noStatementRunsWhileBackslashesHideQuotes() {
        database.script(
                "V1__off.sql",
                "CREATE TABLE a (id int);\nSELECT set_config('standard_' || 'conforming_strings', 'off', false);\n"
                        + "SELECT '\\''; CREATE TABLE b (id int); SELECT '\\'';\n");

        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().contains("standard_conforming_strings is off"), failure.summary());
        assertFalse(database.hasTable("a"));
        assertFalse(database.hasTable("b"));
    }

    @Test
    void aLoginThatHasItOffRunsNothing() {
        database.script("V1__a.sql", "CREATE TABLE a (id int);");
        database.execute("ALTER ROLE " + database.user + " SET standard_conforming_strings = off");

        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().contains("standard_conforming_strings is off"), failure.summary());
        assertFalse(database.hasTable("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* /* */ ; DROP TABLE a; -- */\nSELECT 1;",
                "SELECT 1 /* /* */ ; DROP TABLE a; -- */;",
                "SELECT $é$ ' $é$; SELECT 'x'; -- $é$;\n/* ; DROP TABLE a; */",
                "SELECT 0; -- \r/*\nDROP TABLE a; -- */ ; SELECT 1;",
                "SELECT E'a'\n'\\'; DROP TABLE a; --';",
                "SELECT U&'\\0061;', 'x' /* ' */; SELECT '; DROP TABLE a; --';",
                "SELECT 1 AS \"x\"\"; DROP TABLE a; --\";",
                "CREATE TABLE c (id int);\nCOPY c FROM STDIN; -- '\n1\n\\.\nSELECT '; DROP TABLE a; ';"
            })
    void noStatementRunsThatIsNoneInTheScript(String script) {
        database.script("V1__a.sql", "CREATE TABLE a (id int);").apply();
        database.script("V2__b.sql", script);
        try {
            database.apply();
        } catch (ChartreuseException e) {
            assertTrue(e.getMessage() != null);
        }

        assertTrue(database.hasTable("a"));
    }
}
