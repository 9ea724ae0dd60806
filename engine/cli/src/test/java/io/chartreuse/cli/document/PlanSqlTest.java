package io.chartreuse.cli.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.text.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The SQL of a plan, as a script to be read. */
class PlanSqlTest {

    private static Migration migration(String version, String script, boolean transactional, String sql) {
        return new Migration(
                Optional.of(version),
                "add " + version,
                script,
                Sha256.of(script),
                transactional,
                Optional.ofNullable(sql));
    }

    private static Resource database(String name, int order, Migration... migrations) {
        return Resource.migrate(
                        new Address("postgres.database", name),
                        revision("0"),
                        revision("9"),
                        List.of(migrations),
                        "pending")
                .withOrder(order);
    }

    private static ObjectNode revision(String revision) {
        return JsonNodeFactory.instance.objectNode().put("revision", revision);
    }

    private static String sql(Resource... resources) {
        PlanRequest request = new PlanRequest(
                new Release("shop", Optional.empty()),
                Strategy.AFTER,
                OnFailure.HOLD,
                Sha256.of("configuration"),
                List.of("postgres"),
                "1.0.0",
                Instant.parse("2026-11-22T07:00:00Z"));
        return PlanSql.of(Planner.plan(request, Differ.diff(List.of(resources), Intent.MIGRATE_AND_RESTORE)));
    }

    private static List<String> statements(String script) {
        return script.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("--"))
                .toList();
    }

    @Test
    void databasesAndMigrationsStandInTheOrderInWhichTheyRun() {
        String script = sql(
                database("later", 2, migration("1", "V1__c.sql", true, "SELECT 3;")),
                database(
                        "sooner",
                        1,
                        migration("1", "V1__a.sql", true, "SELECT 1;\n"),
                        migration("2", "V2__b.sql", true, "SELECT 2")));

        assertEquals(List.of("SELECT 1;", "SELECT 2", ";", "SELECT 3;"), statements(script));
        assertTrue(script.contains("3 pending migrations"), script);
        assertTrue(script.indexOf("-- postgres.database/sooner") < script.indexOf("-- ---- V1__a.sql"), script);
    }

    @Test
    void whatIsNotTransactionalOrNotHeldIsSaidLoudly() {
        String script = sql(database(
                "main",
                1,
                migration("1", "V1__index.sql", false, "CREATE INDEX CONCURRENTLY i ON t (id);"),
                migration("2", "V2__big.sql", true, null)));

        assertTrue(script.contains("!!!! NOT TRANSACTIONAL"), script);
        assertTrue(script.contains("!!!! THE PLAN DOES NOT HOLD THE SQL OF THIS MIGRATION"), script);
        assertEquals(List.of("CREATE INDEX CONCURRENTLY i ON t (id);"), statements(script));
    }

    @Test
    void aNameCannotEndItsComment() {
        String script = sql(database("main", 1, migration("1", "V1__x\nDROP TABLE orders;\n.sql", true, "SELECT 1;")));

        assertEquals(List.of("SELECT 1;"), statements(script));
    }

    @Test
    void nothingPendingIsAScriptOfComments() {
        String script = sql();

        assertEquals(List.of(), statements(script));
        assertFalse(script.isEmpty());
    }
}
