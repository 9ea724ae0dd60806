package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.Check;
import io.chartreuse.spi.Preflight;
import io.chartreuse.spi.Provider;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a doctor finds. */
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
}
