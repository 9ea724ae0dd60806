package io.chartreuse.provider.postgres.flyway;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

class SplitCheckTest {

    private static SplitCheck of(String script) {
        return new SplitCheck(new StringReader(script));
    }

    @Test
    void statementsOfTheScriptMayRunWithOrWithoutTheirComments() {
        SplitCheck check = of("-- first\nSELECT 'a;b', \"c\" /* x */;\n;\nCOPY t FROM STDIN;\n1;'\n\\.\nselect 2");

        assertDoesNotThrow(() -> {
            check.executes("SELECT 'a;b', \"c\"");
            check.executes("COPY t FROM STDIN");
            check.executes("SELECT /* y */ 2");
            check.end();
        });
    }

    @Test
    void anotherStatementIsRefused() {
        String script = "SELECT 1 /* /* */ ; DROP TABLE t; -- */;\nSELECT 2;";

        assertThrows(FlywayException.class, () -> of(script).executes("SELECT 1 /* /* */"));
        assertThrows(FlywayException.class, () -> of(script).executes("DROP TABLE t"));
        assertThrows(FlywayException.class, () -> of(script).executes("SELECT 1; SELECT 2"));
        assertThrows(FlywayException.class, () -> of("SELECT \"a\"").executes("SELECT \"b\""));
    }

    @Test
    void aStatementThatIsLeftOutIsMissedAtTheEnd() {
        SplitCheck check = of("SELECT 1; SELECT 2");
        check.executes("SELECT 1");

        FlywayException missed = assertThrows(FlywayException.class, check::end);
        assertTrue(missed.getMessage().contains("what follows statement 1"), missed.getMessage());
    }

    @Test
    void whatWasExecutedBeforeIsPassedOver() {
        SplitCheck check = of("SELECT 1; SELECT 2; SELECT a");
        check.skip(2);

        assertDoesNotThrow(() -> check.executes("SELECT a"));
        assertDoesNotThrow(check::end);
    }

    @Test
    void otherLiteralsAreRefusedUnlessTheTimeMayStandInThem() {
        String script = "SELECT 'a', $$ b $$, E'\\n'";

        assertDoesNotThrow(() -> new SplitCheck(new StringReader(script), true).executes(script));
        for (String other :
                new String[] {"SELECT 'A', $$ b $$, E'\\n'", "SELECT 'a', $$ b$$, E'\\n'", "SELECT 'a', $$ b $$, E'\\t'"
                }) {
            assertThrows(FlywayException.class, () -> new SplitCheck(new StringReader(script), true).executes(other));
            assertDoesNotThrow(() -> of(script).executes(other));
        }
    }
}
