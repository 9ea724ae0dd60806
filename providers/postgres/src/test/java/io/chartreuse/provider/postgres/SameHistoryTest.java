package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.Test;

/**
 * Compares Chartreuse's loop with Flyway's own on the same files: the same history, row by row, and the same callbacks.
 */
class SameHistoryTest {

    private static final String ROWS = "SELECT string_agg(format('%s|%s|%s|%s|%s|%s|%s|%s', installed_rank, version,"
            + " description, type, script, checksum, installed_by, success), E'\\n' ORDER BY installed_rank)"
            + " FROM flyway_schema_history";
    private static final List<String> EVENTS = List.of(
            "beforeValidate",
            "afterValidate",
            "beforeMigrate",
            "beforeEachMigrate",
            "beforeEachMigrateStatement",
            "afterEachMigrateStatement",
            "afterEachMigrate",
            "afterEachMigrateError",
            "afterMigrateError",
            "beforeRepeatables",
            "afterVersioned",
            "afterMigrateApplied",
            "afterMigrate",
            "beforeCreateSchema",
            "beforeBaseline",
            "afterBaseline",
            "afterConnect");

    private final TestDatabase ours = new TestDatabase();
    private final TestDatabase flyways = new TestDatabase();

    @Test
    void versionedAndRepeatableWithinAndOutsideOfTransactions() {
        both("V1__a.sql", "CREATE TABLE a (id int); INSERT INTO a VALUES (1);");
        both("V1.1__.sql", "SELECT 1;");
        both("V2__" + "long_".repeat(45) + ".sql", "SET search_path = pg_catalog;");
        both("V3__index.sql", "CREATE INDEX CONCURRENTLY i ON a (id);");
        both("V10__function.sql", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;");
        both("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT ${what} FROM a;");
        both("R__other view.sql", "CREATE OR REPLACE VIEW w AS SELECT 1 AS one;");
        ours.migrations().putObject("placeholders").put("what", "id");
        migrateBoth(flyway().placeholders(Map.of("what", "id")));
        assertSame();

        both("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT ${what} + 1 AS id FROM a;");
        both("V11__late.sql", "DROP VIEW v; ALTER TABLE a ADD b int;");
        migrateBoth(flyway().placeholders(Map.of("what", "id")));
        assertSame();
        flyway(ours).placeholders(Map.of("what", "id")).load().validate();
    }

    @Test
    void callbacksAreCalledAtTheSameTimes() {
        for (TestDatabase database : List.of(ours, flyways)) {
            database.execute("CREATE SCHEMA log; GRANT ALL ON SCHEMA log TO public;"
                    + " CREATE TABLE log.calls (id serial, call text); GRANT ALL ON log.calls TO public;"
                    + " GRANT ALL ON SEQUENCE log.calls_id_seq TO public;");
        }
        EVENTS.forEach(event -> both(event + ".sql", "INSERT INTO log.calls (call) VALUES ('" + event + "');"));
        both("V1__a.sql", "CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1);");
        both("V2__b.sql", "CREATE TABLE b (id int);");
        both("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM a;");
        migrateBoth(flyway());
        assertSame();
        assertSameCalls();

        both("V3__fails.sql", "CREATE UNIQUE INDEX CONCURRENTLY i ON a (id);");
        assertThrows(FlywayException.class, () -> flyway().load().migrate());
        Findings.thrown("postgres.migration-failed", ours::apply);
        assertSame();
        assertSameCalls();
    }

    @Test
    void schemasThatAreCreated() {
        both("V1__a.sql", "CREATE TABLE a (id int);");
        both("V2__b.sql", "CREATE TABLE other.b (id int);");
        ours.migrations().putArray("schemas").add("mine").add("other");
        ours.execute("GRANT CREATE ON DATABASE " + ours.name + " TO " + ours.user);
        flyways.execute("GRANT CREATE ON DATABASE " + flyways.name + " TO " + flyways.user);
        migrateBoth(flyway().schemas("mine", "other"));

        String rows = ROWS.replace("flyway_schema_history", "mine.flyway_schema_history");
        assertEquals(flyways.query(rows), ours.query(rows));
        assertNotEquals("null", ours.query("SELECT to_regclass('other.b')"));
    }

    @Test
    void aSchemaThatIsTakenOver() {
        for (TestDatabase database : List.of(ours, flyways)) {
            database.execute("CREATE TABLE there (id int)");
        }
        both("V1__there.sql", "CREATE TABLE there (id int);");
        both("V2__b.sql", "CREATE TABLE b (id int);");
        ObjectNode migrations = ours.migrations();
        migrations.put("baselineOnMigrate", true).put("baselineVersion", "1");
        migrateBoth(flyway().baselineOnMigrate(true).baselineVersion("1"));
        assertSame();
    }

    @Test
    void aBaselineMigrationStandsForThoseBelowIt() {
        both("V1__a.sql", "CREATE TABLE a (id int);");
        both("B2__all.sql", "CREATE TABLE a (id int); CREATE TABLE b (id int);");
        both("V2__b.sql", "CREATE TABLE b (id int);");
        both("V3__c.sql", "CREATE TABLE c (id int);");
        migrateBoth(flyway());
        assertSame();
    }

    @Test
    void outOfOrder() {
        both("V1__a.sql", "CREATE TABLE a (id int);");
        both("V3__c.sql", "CREATE TABLE c (id int);");
        migrateBoth(flyway());
        both("V2__b.sql", "CREATE TABLE b (id int);");
        ours.migrations().put("outOfOrder", true);
        migrateBoth(flyway().outOfOrder(true));
        assertSame();
    }

    private void both(String file, String text) {
        ours.script(file, text);
        flyways.script(file, text);
    }

    private FluentConfiguration flyway() {
        return flyway(flyways);
    }

    private static FluentConfiguration flyway(TestDatabase database) {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://localhost:" + TestServer.port() + "/" + database.name,
                        database.user,
                        TestDatabase.PASSWORD)
                .loggers("slf4j")
                .installedBy("chartreuse shop run-7")
                .locations("filesystem:" + database.directory.resolve("migrations"));
        flyway.getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return flyway;
    }

    private void migrateBoth(FluentConfiguration flyway) {
        flyway.load().migrate();
        ours.apply();
    }

    private void assertSame() {
        assertEquals(flyways.query(ROWS), ours.query(ROWS));
    }

    private void assertSameCalls() {
        String calls = "SELECT string_agg(call, E'\\n' ORDER BY id) FROM log.calls WHERE call <> 'afterConnect'";
        assertEquals(flyways.query(calls), ours.query(calls));
    }
}
