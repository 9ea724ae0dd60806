package io.chartreuse.provider.postgres.flyway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStateTest {

    private static final Map<String, String> DATABASE = Map.of(
            "tenant", "BEGIN PERFORM set_config('app.tenant', 'x', false); END",
            "wraps", "BEGIN PERFORM tenant(); END",
            "adds", "BEGIN UPDATE a SET b = b + 1; RETURN 1; END",
            "audited", "BEGIN SET work_mem = '8MB'; RETURN NEW; END",
            "in_c", "EXECUTE unknown");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN EXECUTE 'SET search_path = s1'; END $$",
                "DO $$ BEGIN SET search_path = s1; END $$",
                "DO $$ BEGIN IF true THEN SET search_path = s1; END IF; END $$",
                "DO $$ BEGIN UPDATE a SET b = 1; IF true THEN RESET work_mem; END IF; END $$",
                "DO $$ BEGIN FOR i IN 1..2 LOOP SET work_mem = '8MB'; END LOOP; END $$",
                "DO $$ BEGIN PERFORM set_config('app.tenant', 'x', false); END $$",
                "DO $$ BEGIN CREATE TEMP TABLE x (id int); END $$",
                "DO $$ BEGIN PERFORM pg_advisory_lock(1); END $$",
                "DO $$ BEGIN LISTEN news; END $$",
                "DO $$ BEGIN PERFORM tenant(); END $$",
                "DO E'BEGIN\\nSET search_path = s1; END'",
                "DO LANGUAGE plpython3u $$ plpy.notice(1) $$",
                "DO $$ plpy.notice(1) $$ LANGUAGE 'plpython3u'",
                "SELECT tenant()",
                "SELECT public . \"tenant\" ()",
                "SELECT wraps()",
                "SELECT in_c()",
                "INSERT INTO audited VALUES (1)",
                "CALL tenant()",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN SET work_mem = '8MB'; END $$; SELECT f()",
                "SELECT f(); DROP FUNCTION f()",
                "PREPARE q AS SELECT 1",
                "BEGIN; COMMIT AND CHAIN",
                "BEGIN; SET work_mem = '8MB'; SAVEPOINT a; ROLLBACK TO a; COMMIT",
                "SET work_mem = '8MB'; BEGIN; ROLLBACK",
                "LOAD 'auto_explain'; DISCARD ALL",
            })
    void whatAnotherSessionDoesNotGetIsSeen(String script) {
        assertTrue(after(script).isLost(), script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN UPDATE a SET b = 1; INSERT INTO c VALUES (1) ON CONFLICT (id) DO UPDATE SET b = 2; END $$",
                "DO $$ BEGIN SET LOCAL work_mem = '8MB'; END $$",
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles) THEN CREATE ROLE x; END IF; END $$",
                "DO $$ BEGIN GRANT EXECUTE ON FUNCTION adds() TO x; END $$",
                "SELECT adds()",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN SET work_mem = '8MB'; END $$",
                "INSERT INTO others VALUES ('tenant')",
                "PREPARE q AS SELECT 1; EXECUTE q; DEALLOCATE q",
                "PREPARE q AS SELECT 1; DEALLOCATE ALL",
                "CREATE TEMP TABLE x (id int); DISCARD ALL",
                "BEGIN; SET search_path = s1; ROLLBACK; CREATE TABLE a (id int)",
            })
    void whatLeavesTheSessionAsItWasIsGoneOnWith(String script) {
        assertFalse(after(script).isLost(), script);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET a.b = 1; SELECT 1; RESET a.b | 1,3",
                "SET search_path = s1; RESET ALL; SELECT 1 | 1,2",
                "SET search_path = s1; SELECT 1; DISCARD ALL; SET a.b = 1 | 3,4",
                "BEGIN; SET a.b = 1; ROLLBACK; SET a.c = 1 | 4",
                "BEGIN; SET a.b = 1; COMMIT; BEGIN; SET a.b = 2; ROLLBACK | 2",
                "SELECT set_config('a.b', '1', false) | 1",
                "SELECT 1 | ''"
            })
    void whatSetsSomethingOrTakesItBackRunsOnceMoreInItsOrder(String script, String positions) {
        String again = String.join(
                ",", after(script).setting().stream().map(String::valueOf).toList());

        assertEquals(positions, again);
    }

    @Test
    void theDatabaseIsNotAskedWhereNothingHasRun() {
        assertFalse(new SessionState(() -> {
                    throw new AssertionError("asked");
                })
                .isLost());
        assertEquals(List.of(), new SessionState(Map::of).setting());
    }

    private static SessionState after(String script) {
        SessionState session = new SessionState(() -> DATABASE);
        int[] position = {0};
        try {
            TopLevelStatements.read(new StringReader(script), found -> session.add(++position[0], found));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return session;
    }
}
