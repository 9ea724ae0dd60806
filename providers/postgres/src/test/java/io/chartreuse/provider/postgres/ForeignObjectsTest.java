package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that another login creates in the same schema to disturb Chartreuse's own queries. */
class ForeignObjectsTest {

    private final TestDatabase database = new TestDatabase();
    private final String other = database.name + "_other";

    @BeforeEach
    void anotherLoginMayCreateInPublic() {
        database.execute("CREATE ROLE " + other + " LOGIN").execute("GRANT CREATE, USAGE ON SCHEMA public TO " + other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "regexp_replace(name, text, text) RETURNS text",
                "coalesce_name(name, varchar) RETURNS boolean",
                "to_regclass(varchar) RETURNS regclass",
                "to_jsonb(pg_catalog.pg_inherits) RETURNS jsonb",
                "array_agg_of(bigint) RETURNS bigint",
                "pg_get_indexdef(oid, varchar) RETURNS text",
                "has_table_privilege(name, varchar, text) RETURNS boolean",
                "current_setting(varchar, boolean) RETURNS text"
            })
    void noFunctionOfHisIsCalledInPlaceOfTheServersOwn(String signature) {
        database.tables(1).apply();
        asOther("CREATE FUNCTION public." + signature
                + " LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called a foreign function'; END $$");
        if (signature.startsWith("coalesce_name")) {
            asOther("CREATE OPERATOR public.<> (LEFTARG = name, RIGHTARG = varchar, FUNCTION = public.coalesce_name)");
        }
        if (signature.startsWith("array_agg_of")) {
            asOther("CREATE FUNCTION public.step(bigint[], bigint) RETURNS bigint[] LANGUAGE plpgsql AS"
                    + " $$ BEGIN RAISE EXCEPTION 'called a foreign function'; END $$");
            asOther(
                    "CREATE AGGREGATE public.array_agg(bigint) (SFUNC = public.step, STYPE = bigint[], INITCOND = '{}')");
        }
        database.script("V2__index.sql", "CREATE INDEX CONCURRENTLY i ON t1 (id);");

        assertEquals("1 migration is pending", database.refresh().reason());
        database.apply();
        assertEquals("is at its target revision 2", database.refresh().reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TABLE %s (script text)", "VIEW %s AS SELECT 'x'::text AS script"})
    void aForeignTableInThePlaceOfOurNotesIsNotRead(String definition) {
        database.tables(1).apply();
        database.execute("GRANT SELECT ON public.flyway_schema_history TO " + other);
        asOther("CREATE " + definition.formatted("public.flyway_schema_history_progress"));
        database.execute("GRANT SELECT ON public.flyway_schema_history_progress TO " + database.user);

        var problem = Findings.thrown("postgres.foreign-notes", database::refresh);

        assertTrue(problem.summary().contains("belongs to role " + other), problem.summary());
        assertTrue(problem.summary().contains("was not read"), problem.summary());
    }

    /** Creates it as that login, because that login's rights decide what it may create. */
    @Test
    void aMigrationOfWhichNothingRanLeavesNoEntryOfAFailure() {
        database.tables(1).script("V2__index.sql", "CREATE INDEX CONCURRENTLY t1_id ON t1 (id);");
        Resource planned = database.refresh();
        Progress progress = line -> {
            if (line.contains("V2__index.sql") && !database.hasTable("flyway_schema_history_progress")) {
                asOther("CREATE TABLE public.flyway_schema_history_progress (migration text)");
            }
        };

        assertThrows(ChartreuseException.class, () -> database.converge(planned, progress));

        assertEquals(
                "1", database.query("SELECT string_agg(version, ',') FROM flyway_schema_history WHERE version <> ''"));
    }

    private void asOther(String sql) {
        database.execute("SET ROLE " + other + "; " + sql);
    }
}
