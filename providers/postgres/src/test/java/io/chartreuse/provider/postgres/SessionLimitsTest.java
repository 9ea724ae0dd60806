package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits and the role of each migration, whatever earlier ones set in the same session. */
class SessionLimitsTest {

    private static final String LOOK =
            "INSERT INTO seen SELECT current_setting('lock_timeout'), current_setting('statement_timeout'), current_user;";

    private final TestDatabase database = new TestDatabase();
    private final String owner = database.name + "_owner";

    SessionLimitsTest() {
        database.execute("CREATE ROLE " + owner + " NOLOGIN")
                .execute("CREATE ROLE " + database.name + "_other NOLOGIN")
                .execute("GRANT " + owner + ", " + database.name + "_other TO " + database.user)
                .execute("ALTER DATABASE " + database.name + " OWNER TO " + owner);
        database.settings.put("role", owner).put("lockTimeout", "5s").put("statementTimeout", "2m");
        database.script("V1__seen.sql", "CREATE TABLE seen (locks text, statements text, who text);");
    }

    @Test
    void theFirstMigrationHasThemAlready() {
        database.script("V2__look.sql", LOOK).apply();

        assertSeen();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET lock_timeout = 0; SET statement_timeout = 0;",
                "RESET ALL;",
                "SELECT set_config('lock_timeout', '0', false);",
                "RESET ROLE;",
                "SET ROLE %s_other;",
                "SET SESSION AUTHORIZATION %s_user;"
            })
    void whatAMigrationSetsEndsWithIt(String statements) {
        database.script("V2__set.sql", statements.formatted(database.name))
                .script("V3__look.sql", LOOK)
                .apply();

        assertSeen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET ALL;", "SET lock_timeout = 0;", "RESET ROLE;"})
    void withoutATransactionAsWell(String statement) {
        database.script("V2__set.sql", statement)
                .script("V2__set.sql.conf", "executeInTransaction=false")
                .script("V3__look.sql", LOOK)
                .apply();

        assertSeen();
    }

    @Test
    void aSuperuserMayBeAnybodyForOneMigration() {
        database.execute("ALTER ROLE " + database.user + " SUPERUSER")
                .script("V2__set.sql", "SET SESSION AUTHORIZATION " + database.name + "_other;")
                .script("V3__look.sql", LOOK)
                .apply();

        assertSeen();
    }

    @Test
    void theLoginsOwnLimitsAreOverruled() {
        database.execute("ALTER ROLE " + database.user + " SET lock_timeout = 0")
                .execute("ALTER DATABASE " + database.name + " SET statement_timeout = '1s'")
                .script("V2__look.sql", LOOK)
                .apply();

        assertSeen();
    }

    @Test
    void whatAMigrationSetsForItselfHoldsForItself() {
        database.script("V2__look.sql", "SET LOCAL lock_timeout = '9s'; " + LOOK)
                .apply();

        assertEquals("9s", database.query("SELECT locks FROM seen"));
    }

    @Test
    void anIndexConcurrentlyGetsMorePatienceAndTheNextMigrationDoesNot() {
        database.script("V2__index.sql", "CREATE INDEX CONCURRENTLY i ON seen (who);")
                .script("V3__look.sql", LOOK)
                .apply();

        assertSeen();
    }

    @Test
    void withoutSettingsLocksAreBoundAndStatementsAreNot() {
        database.settings.remove("lockTimeout");
        database.settings.remove("statementTimeout");
        database.script("V2__look.sql", LOOK).apply();

        assertEquals("3s|0", database.query("SELECT locks || '|' || statements FROM seen"));
    }

    private void assertSeen() {
        assertEquals(
                "5s|2min|" + owner,
                database.query("SELECT string_agg(DISTINCT locks || '|' || statements || '|' || who, ' ') FROM seen"));
    }
}
