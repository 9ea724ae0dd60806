package io.chartreuse.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.drift.DriftKind;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Actor;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules in examples/policies, each with plans that keep it and plans that break it. */
class ReadyRulesTest {

    private static final Path READY = Path.of("../../examples/policies");
    private static final Instant SUNDAY = Instant.parse("2026-11-22T19:30:00Z");
    private static final Instant MONDAY_EVENING = Instant.parse("2026-11-23T19:30:00Z");

    @Test
    void aMigrationOutsideOfATransactionIsDeniedInStrategyAfter() {
        Migration index = migration("V6__index.sql", "CREATE INDEX CONCURRENTLY i ON t (a)", false);

        assertEquals(
                List.of("after-is-transactional deny postgres.database/main V6__index.sql: it does not run in a"
                        + " transaction, and the strategy is `after`"),
                judged("after-is-transactional", plan(Strategy.AFTER, 1, index), CheckTime.PLAN, SUNDAY, 0));
        assertEquals(
                List.of(),
                judged("after-is-transactional", plan(Strategy.BEFORE, 1, index), CheckTime.PLAN, SUNDAY, 0));
        Migration plain = migration("V6__plain.sql", "CREATE INDEX i ON t (a)", true);
        assertEquals(
                List.of(), judged("after-is-transactional", plan(Strategy.AFTER, 1, plain), CheckTime.PLAN, SUNDAY, 0));
    }

    @Test
    void moreThanThreeStoppedWorkloadsAreDenied() {
        Migration any = migration("V6__any.sql", "SELECT 1", true);

        assertEquals(
                List.of("few-workloads-stopped deny  more than 3 workloads are stopped"),
                judged("few-workloads-stopped", plan(Strategy.AFTER, 4, any), CheckTime.APPLY, SUNDAY, 0));
        assertEquals(
                List.of(), judged("few-workloads-stopped", plan(Strategy.AFTER, 3, any), CheckTime.APPLY, SUNDAY, 0));
    }

    @Test
    void databasesMigrateInTheWindowOnly() {
        Plan plan = plan(Strategy.AFTER, 1, migration("V6__any.sql", "SELECT 1", true));

        assertEquals(
                List.of("window deny postgres.database/main databases migrate Monday to Thursday from 20:00 to 22:00"
                        + " (Europe/Berlin) only"),
                judged("window", plan, CheckTime.APPLY, SUNDAY, 0));
        assertEquals(
                1,
                judged("window", plan, CheckTime.APPLY, MONDAY_EVENING.plusSeconds(2 * 3600), 0)
                        .size());
        assertEquals(List.of(), judged("window", plan, CheckTime.APPLY, MONDAY_EVENING, 0));
        assertEquals(List.of(), judged("window", plan, CheckTime.PLAN, SUNDAY, 0));
    }

    /** Clocks of the file's zone count: those of Berlin are an hour ahead in winter, two in summer, and skip an hour. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-26T18:59:00Z, false", // Thursday before the change: 19:59
        "2026-03-26T19:00:00Z, true",
        "2026-03-30T17:59:00Z, false", // Monday after it: 19:59
        "2026-03-30T18:00:00Z, true",
        "2026-03-30T19:59:59Z, true",
        "2026-03-30T20:00:00Z, false",
        "2026-10-22T18:00:00Z, true", // Thursday before clocks are put back
        "2026-10-26T18:59:59Z, false",
        "2026-10-26T19:00:00Z, true",
        "2026-04-02T22:00:00Z, false", // Friday in Berlin, Thursday in London
        "2026-03-29T01:00:00Z, false",
    })
    void theWindowKeepsToTheClocksOfItsZone(Instant time, boolean open) {
        Plan plan = plan(Strategy.AFTER, 1, migration("V6__any.sql", "SELECT 1", true));
        assertEquals(open, judged("window", plan, CheckTime.APPLY, time, 0).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T20:59:00Z, false", // Monday 21:59
        "2026-11-23T21:00:00Z, true",
        "2026-11-23T23:30:00Z, true", // Tuesday 00:30
        "2026-11-24T02:59:00Z, true",
        "2026-11-24T03:00:00Z, false",
        "2026-11-27T21:30:00Z, false", // Friday 22:30
        "2026-11-28T00:30:00Z, false", // Saturday
        "2026-11-26T23:30:00Z, true", // Friday 00:30, of the night that began on Thursday
        "2026-11-22T23:30:00Z, false", // Monday 00:30, of the night that began on Sunday
    })
    void aWindowMayGoOverMidnight(Instant time, boolean open) {
        Plan plan = plan(Strategy.AFTER, 1, migration("V6__any.sql", "SELECT 1", true));
        assertEquals(open, judged("night", plan, CheckTime.APPLY, time, 0).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table orders",
                "DROP /* x */ TABLE IF EXISTS orders CASCADE",
                "ALTER TABLE orders DROP COLUMN total",
                "ALTER TABLE ONLY orders ADD a int, DROP total",
                "ALTER TABLE orders DROP \"Constraint\"",
                "DROP SCHEMA shop CASCADE",
                "DO $$ BEGIN EXECUTE 'DROP TABLE orders'; END $$",
                "SELECT 1; ALTER TABLE orders\n DROP total",
                "ALTER TABLE orders DROP\"total\"",
                "ALTER TABLE orders DROP COLUMN IF EXISTS total",
                "ALTER TABLE orders DROP IF EXISTS total, ALTER COLUMN a DROP NOT NULL",
                "ALTER TABLE orders ALTER a DROP NOT NULL, DROP CONSTRAINT c, DROP expression",
                "ALTER TABLE orders DROP identity",
                "DO'DROP TABLE orders'",
                "DO $$ BEGIN EXECUTE format('DROP/**/TABLE %I', 'orders'); END $$",
                "CREATE FUNCTION f() RETURNS void AS $f$ ALTER TABLE orders DROP total $f$ LANGUAGE sql; SELECT f()",
                "CREATE OR REPLACE FUNCTION f() RETURNS void AS 'DROP TABLE orders' LANGUAGE sql; SELECT f()",
                "-- nothing\rDROP TABLE orders",
                "COPY t FROM STDIN;\nit's\n\\.\nDROP TABLE orders;",
                "ALTER TABLE orders RENAME TO orders_old",
                "ALTER TABLE IF EXISTS public . \"orders\" RENAME total TO sum",
                "SELECT 1$a$ ' $a$; DROP TABLE orders; SELECT ''",
                "DO U&'begin d\\0072op table orders; end'",
                "SELECT 1; SELECT set_config('standard_conforming_strings', 'off', false)",
                "DROP TYPE money_amount CASCADE",
                "DROP EXTENSION hstore CASCADE",
                "ALTER TYPE address DROP ATTRIBUTE street",
                "BEGIN;\n\n-- Running upgrade 1a -> 2b\n\nALTER TABLE orders DROP COLUMN total;\n\n"
                        + "UPDATE alembic_version SET version_num='2b' WHERE alembic_version.version_num = '1a';\n\nCOMMIT;"
            })
    void whatDropsNeedsAnApproval(String sql) {
        Plan plan = plan(Strategy.AFTER, 1, migration("V6__drop.sql", sql, true));

        assertEquals(
                List.of(
                        "dropping-needs-an-approval deny postgres.database/main V6__drop.sql: it drops or renames a table or a"
                                + " column, or its SQL is not known whole, and the plan has no approval"),
                judged("dropping-needs-an-approval", plan, CheckTime.APPLY, SUNDAY, 0));
        assertEquals(List.of(), judged("dropping-needs-an-approval", plan, CheckTime.APPLY, SUNDAY, 1));
        assertEquals(
                1,
                judged("dropping-needs-an-approval", plan, CheckTime.PLAN, SUNDAY, 0)
                        .size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- drop table orders\nSELECT 1",
                "COMMENT ON TABLE orders IS 'we drop table carts later'",
                "ALTER TABLE orders ALTER COLUMN total DROP NOT NULL, ALTER a DROP DEFAULT",
                "ALTER TABLE orders DROP CONSTRAINT positive",
                "ALTER TABLE orders RENAME CONSTRAINT a TO b",
                "DROP INDEX i; DROP VIEW v",
                "ALTER TABLE orders ALTER COLUMN id DROP IDENTITY IF EXISTS, ALTER b DROP EXPRESSION",
                "DROP TYPE mood; DROP EXTENSION hstore",
                "CREATE TABLE dropped (drop_table int)"
            })
    void whatDropsNoDataNeedsNone(String sql) {
        Plan plan = plan(Strategy.AFTER, 1, migration("V6__keep.sql", sql, true));

        assertEquals(List.of(), judged("dropping-needs-an-approval", plan, CheckTime.APPLY, SUNDAY, 0));
    }

    @Test
    void aPlanThatWasMadeUnderLooserTermsIsDenied() {
        Resource database =
                resources(0, migration("V6__any.sql", "SELECT 1", true)).get(0);
        Resource warned = database.withFindings(
                List.of(Diagnostic.warning(DriftKind.LOOSENED, "rule night is gone", "Find out.")));

        assertEquals(
                List.of(),
                judged(
                        "review-is-not-loosened",
                        planOf(Strategy.AFTER, List.of(database)),
                        CheckTime.APPLY,
                        SUNDAY,
                        1));
        assertEquals(
                1,
                judged("review-is-not-loosened", planOf(Strategy.AFTER, List.of(warned)), CheckTime.APPLY, SUNDAY, 1)
                        .size());
    }

    @Test
    void whatIsNotAllToldIsTakenForDropping() {
        String longer = "SELECT 1\n-- … and 20 more characters";
        Migration untold = new Migration(Optional.of("7"), "in Java", "V7__java", Sha256.of("j"), true);
        Plan plan = plan(Strategy.AFTER, 1, migration("V6__long.sql", longer, true), untold);

        assertEquals(
                2,
                judged("dropping-needs-an-approval", plan, CheckTime.APPLY, SUNDAY, 0)
                        .size());
    }

    @Test
    void codeWithoutSqlRunsOnlyAsItWasLookedAt() {
        Migration environment = new Migration(
                Migration.Kind.CALLBACK,
                Optional.empty(),
                "env.py",
                "scripts/env.py",
                Sha256.of("env"),
                true,
                Optional.empty(),
                Optional.empty());
        Migration known = new Migration(Optional.of("7"), "in Java", "V7__java", "sha256:" + "0".repeat(64), true);
        Plan plan = plan(Strategy.AFTER, 1, migration("V6__keep.sql", "SELECT 1", true), known, environment);

        assertEquals(
                List.of(
                        "hooks-are-known deny postgres.database/main scripts/env.py: the plan holds no SQL of it, and its"
                                + " digest is not among those that were looked at"),
                judged("hooks-are-known", plan, CheckTime.APPLY, SUNDAY, 0));
    }

    @Test
    void aCallbackIsJudgedAsAMigrationIsAndWhatDoesNotRunIsNot() {
        assertEquals(List.of(), droppingBy(Migration.Kind.UNDO));
        assertEquals(List.of(), droppingBy(Migration.Kind.SKIPPED));
        assertEquals(List.of(), droppingBy(Migration.Kind.BASELINE));
        assertEquals(
                List.of(
                        "dropping-needs-an-approval deny postgres.database/main afterMigrate.sql: it drops or renames a table or a"
                                + " column, or its SQL is not known whole, and the plan has no approval"),
                droppingBy(Migration.Kind.CALLBACK));
    }

    private static List<String> droppingBy(Migration.Kind kind) {
        Migration dropping = new Migration(
                kind,
                Optional.empty(),
                "drops",
                "afterMigrate.sql",
                Sha256.of("drops"),
                true,
                Optional.empty(),
                Optional.of("DROP TABLE orders"));
        Plan plan = plan(Strategy.AFTER, 1, migration("V6__keep.sql", "SELECT 1", true), dropping);
        return judged("dropping-needs-an-approval", plan, CheckTime.APPLY, SUNDAY, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "DROP TABLE orders | false",
                "drop/**/table orders | false",
                "DROP FOREIGN TABLE orders | false",
                "DO $$ BEGIN EXECUTE format('drop %s', 'table'); END $$ | false",
                "SELECT 'drop table orders' | true",
                "CREATE TABLE orders (id int) -- drop table | true"
            })
    void theRuleOfTheReadmeIsNotEvadedByHowSqlIsWritten(String sql, boolean kept, @TempDir Path directory)
            throws IOException {
        String readme = Files.readString(Path.of("../../README.md"));
        int begin = readme.indexOf("rules:\n  - id: no-drop-table\n");
        Path rules = Files.writeString(
                directory.resolve("rules.yaml"), readme.substring(begin, readme.indexOf("```", begin)));

        List<String> broken =
                judged(rules, plan(Strategy.AFTER, 1, migration("V6__x.sql", sql, true)), CheckTime.APPLY, SUNDAY, 0);
        assertEquals(kept, broken.isEmpty(), broken.toString());
    }

    private static List<String> judged(String name, Plan plan, CheckTime moment, Instant time, int approvals) {
        return judged(READY.resolve(name + ".json"), plan, moment, time, approvals);
    }

    private static List<String> judged(Path rules, Plan plan, CheckTime moment, Instant time, int approvals) {
        Policies policies = Policies.read(List.of(rules));
        PlanCircumstances occasion = new PlanCircumstances(moment, time, new Actor("ada", "laptop", 7), approvals);
        return policies.judge(plan, occasion).stream()
                .map(v -> v.rule() + (v.denies() ? " deny " : " warn ")
                        + v.address().map(Address::toString).orElse("") + " " + v.message())
                .toList();
    }

    static Migration migration(String script, String sql, boolean transactional) {
        return new Migration(Optional.of("6"), "six", script, Sha256.of(script), transactional).withSql(sql);
    }

    static Plan plan(Strategy strategy, int workloads, Migration... migrations) {
        return planOf(strategy, resources(workloads, migrations));
    }

    private static Plan planOf(Strategy strategy, List<Resource> resources) {
        PlanRequest request = new PlanRequest(
                new Release("shop", Optional.empty()),
                strategy,
                OnFailure.HOLD,
                Sha256.of("configuration"),
                List.of("kubernetes", "postgres"),
                "1.0.0",
                SUNDAY);
        return Planner.plan(request, Differ.diff(resources, Intent.MIGRATE_AND_RESTORE));
    }

    static List<Resource> resources(int workloads, Migration... migrations) {
        List<Resource> resources = new ArrayList<>();
        resources.add(Resource.migrate(
                new Address("postgres.database", "main"),
                Json.object().put("revision", "5"),
                Json.object().put("revision", migrations.length == 0 ? "5" : "6"),
                List.of(migrations),
                "pending"));
        for (int i = 0; i < workloads; i++) {
            ObjectNode three = Json.object().put("replicas", 3);
            resources.add(Resource.quiesce(
                    new Address("kubernetes.deployment", "web-" + i),
                    0,
                    three,
                    three,
                    Json.object().put("replicas", 0),
                    "priority 0"));
        }
        return resources;
    }
}
