package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.provider.Provider;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The findings of the doctor command. */
class ExaminationTest {

    private final TestDatabase database = new TestDatabase().tables(1);

    private static List<Check> examine(Provider provider) {
        try (provider) {
            return ((Preflight) provider).examine();
        }
    }

    @Test
    void aDatabaseThatCanBeMigratedTellsVersionRoleAndClock() {
        List<Check> checks = examine(database.provider());

        assertEquals(
                List.of("database main", "clock of database main"),
                checks.stream().map(Check::subject).toList());
        assertTrue(checks.get(0).found().matches("PostgreSQL 1\\d.*, primary.*"), checks.toString());
        assertEquals("as ours", checks.get(1).found());
        assertTrue(checks.stream().allMatch(check -> check.problem().isEmpty()));
        assertFalse(database.hasTable("flyway_schema_history"), "nothing was touched");
    }

    @Test
    void eachDatabaseTellsItsOwnProblem() {
        database.settings.putObject("password").put("env", "WRONG");
        TestDatabase other = new TestDatabase();
        other.settings.put("role", "no_such_role");
        TestDatabase good = new TestDatabase();

        List<Check> checks =
                examine(TestDatabase.provider(new TreeMap<>(Map.of("a", database, "b", other, "c", good))));

        assertEquals(4, checks.size(), checks.toString());
        assertEquals(
                List.of("postgres.credentials-refused", "postgres.unknown-role"),
                checks.stream()
                        .filter(Check::failed)
                        .map(check -> check.problem().orElseThrow().code().code())
                        .sorted()
                        .toList());
        assertFalse(checks.toString().contains("wr0ng-0ne"), "no password is shown");
    }

    @Test
    void aPreflightLeavesDatabasesToTheRefreshJustBefore() {
        try (Provider provider = database.provider()) {
            assertEquals(List.of(), ((Preflight) provider).check(List.of()));
        }
    }

    private Check searchPath() {
        List<Check> checks = examine(database.provider());
        assertEquals("search path of database main", checks.get(2).subject(), checks.toString());
        return checks.get(2);
    }

    @Test
    void schemasOfTheSearchPathInWhichOtherLoginsMayCreateAreAWarningWithItsRemedy() {
        String other = database.user + "_other";
        database.execute("CREATE ROLE " + other + " LOGIN NOINHERIT; CREATE ROLE " + other + "_group; GRANT " + other
                + "_group TO " + other + "; CREATE ROLE " + other + "_unused");
        database.execute("CREATE SCHEMA \"Orders\" AUTHORIZATION " + database.user + "; CREATE SCHEMA elsewhere;"
                + " GRANT CREATE ON SCHEMA elsewhere TO PUBLIC; GRANT CREATE ON SCHEMA public TO " + other
                + "_unused; GRANT CREATE ON SCHEMA \"Orders\" TO " + other
                + "_group; GRANT CREATE ON SCHEMA public TO PUBLIC");
        database.settings.put("url", database.settings.get("url").asText() + "?currentSchema=%22Orders%22,public");

        Check found = searchPath();

        assertFalse(found.failed(), "a warning");
        Diagnostic problem = found.problem().orElseThrow();
        assertTrue(
                problem.summary()
                        .endsWith(": role " + other + "_group in schema \"Orders\", every login in schema public."),
                problem.summary());
        assertTrue(
                problem.remedy()
                        .contains("(REVOKE CREATE ON SCHEMA \"Orders\" FROM " + other
                                + "_group; REVOKE CREATE ON SCHEMA public FROM PUBLIC;)"),
                problem.remedy());
    }

    @Test
    void aLoginThatOwnsASchemaOrMayCreateOneThatTheSearchPathNamesIsAWarning() {
        String other = database.user + "_other";
        database.execute("CREATE ROLE " + other + " LOGIN; CREATE SCHEMA theirs AUTHORIZATION " + other
                + "; GRANT USAGE ON SCHEMA theirs TO " + database.user + "; GRANT CREATE ON DATABASE " + database.name
                + " TO "
                + other);
        database.execute("ALTER ROLE " + database.user + " SET search_path = theirs, \"$user\"");

        String remedy = searchPath().problem().orElseThrow().remedy();

        assertTrue(remedy.contains("ALTER SCHEMA theirs OWNER TO " + database.user + ";"), remedy);
        assertTrue(remedy.contains("REVOKE CREATE ON DATABASE " + database.name + " FROM " + other + ";"), remedy);
        database.execute("CREATE SCHEMA " + database.user + " AUTHORIZATION " + database.user);
        String now = searchPath().problem().orElseThrow().remedy();
        assertFalse(now.contains("DATABASE"), now);
    }

    @Test
    void whoMayActAsTheMigratingRoleGainsNothingByIt() {
        String member = database.user + "_member";
        database.execute("CREATE ROLE " + member + " LOGIN; GRANT " + database.user + " TO " + member
                + "; GRANT CREATE ON SCHEMA public TO " + member);

        assertEquals(2, examine(database.provider()).size());
    }

    @Test
    void aSessionThatReadsBackslashesAsEscapesFails() {
        database.execute("ALTER ROLE " + database.user + " SET standard_conforming_strings = off");

        Check found = examine(database.provider()).get(2);

        assertEquals("standard_conforming_strings is off", found.found());
        assertTrue(found.failed());
    }
}
