package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The owners of objects that migrations create. */
class OwnershipTest {

    private final TestDatabase database = new TestDatabase();
    private final String owner = database.name + "_owner";
    private final String other = database.name + "_other";

    OwnershipTest() {
        database.execute("CREATE ROLE " + owner + " NOLOGIN")
                .execute("CREATE ROLE " + other + " NOLOGIN")
                .execute("GRANT " + owner + ", " + other + " TO " + database.user)
                .execute("GRANT ALL ON SCHEMA public TO " + owner + ", " + other)
                .execute("GRANT CREATE ON DATABASE " + database.name + " TO " + owner + ", " + other);
        database.settings.put("role", owner);
    }

    @Test
    void whatASetRoleGaveToSomebodyElseIsToldWithTheCommandThatMendsIt() {
        database.tables(1)
                .script(
                        "V2__other.sql",
                        "SET ROLE " + other + ";"
                                + "CREATE TABLE \"Odd one\" (id int GENERATED ALWAYS AS IDENTITY, s serial);"
                                + "CREATE TYPE mood AS ENUM ('sad'); CREATE DOMAIN d AS int; CREATE SCHEMA s;"
                                + "CREATE TYPE pair AS (a int, b int);"
                                + "CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT x';"
                                + "CREATE VIEW v AS SELECT 1 AS x; CREATE SEQUENCE q;")
                .script("V3__after.sql", "CREATE TABLE mine (id int);")
                .apply();

        assertEquals(
                List.of(
                        "ALTER FUNCTION public.f(integer) OWNER TO " + owner + ";",
                        "ALTER SCHEMA s OWNER TO " + owner + ";",
                        "ALTER SEQUENCE public.q OWNER TO " + owner + ";",
                        "ALTER TABLE public.\"Odd one\" OWNER TO " + owner + ";",
                        "ALTER TYPE public.d OWNER TO " + owner + ";",
                        "ALTER TYPE public.mood OWNER TO " + owner + ";",
                        "ALTER TYPE public.pair OWNER TO " + owner + ";",
                        "ALTER VIEW public.v OWNER TO " + owner + ";"),
                commands());
        assertTrue(
                warnings()
                        .contains("view public.v belongs to " + other + ", not to " + owner
                                + "; to fix it: ALTER VIEW public.v OWNER TO " + owner + ";"),
                database.progress::toString);
        commands().forEach(database::execute);
        assertEquals(owner, database.query("SELECT tableowner FROM pg_tables WHERE tablename = 'mine'"));
    }

    @Test
    void whatBelongedToOthersBeforeIsNotTold() {
        database.execute("CREATE TABLE old (id int)");
        database.migrations().put("baselineOnMigrate", true).put("baselineVersion", "0");
        database.tables(1).apply();

        assertEquals(List.of(), commands());
    }

    @Test
    void defaultPrivilegesOfTheRoleApply() {
        database.execute("CREATE ROLE " + database.name + "_reader")
                .execute("ALTER DEFAULT PRIVILEGES FOR ROLE " + owner + " GRANT SELECT ON TABLES TO " + database.name
                        + "_reader");
        database.tables(1).apply();

        assertEquals("t", database.query("SELECT has_table_privilege('" + database.name + "_reader', 't1', 'SELECT')"));
        assertEquals(
                "t",
                database.query("SELECT has_table_privilege('" + database.name
                        + "_reader', 'flyway_schema_history', 'SELECT')"));
    }

    @Test
    void aMembershipThatMayNotBeSetIsRefusedBeforeAnything() {
        database.execute("REVOKE " + owner + " FROM " + database.user)
                .execute("GRANT " + owner + " TO " + database.user + " WITH SET FALSE");
        Diagnostic problem = Findings.thrown("postgres.role-not-permitted", database.tables(1)::refresh);

        assertTrue(
                problem.remedy().contains("GRANT " + owner + " TO " + database.user + " WITH SET TRUE"),
                problem.remedy());
    }

    private List<String> commands() {
        return warnings().stream()
                .map(text -> text.substring(text.indexOf("ALTER ")))
                .sorted()
                .toList();
    }

    private List<String> warnings() {
        return database.progress.stream()
                .filter(text -> text.startsWith("warning: "))
                .flatMap(text -> Stream.of(text.substring("warning: ".length()).split(" \\| ")))
                .toList();
    }
}
