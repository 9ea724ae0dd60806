package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Secrets;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements that run are those that PostgreSQL reads in the script, and those that policy rules were shown. */
class ScriptReadingTest {

    private final TestDatabase database = new TestDatabase();

    @Test
    void noStatementRunsWhileBackslashesHideQuotes() {
        database.script(
                "V1__off.sql",
                "CREATE TABLE a (id int);\nSELECT set_config('standard_' || 'conforming_strings', 'off', false);\n"
                        + "SELECT '\\''; CREATE TABLE b (id int); SELECT '\\'';\n");

        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().contains("standard_conforming_strings is off"), failure.summary());
        assertFalse(database.hasTable("a"));
        assertFalse(database.hasTable("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLE %2$s", "DATABASE %1$s", "ROLE %2$s IN DATABASE %1$s"})
    void aLoginThatHasItOffIsRefusedByThePlan(String whose) {
        database.script("V1__a.sql", "CREATE TABLE a (id int);");
        Resource earlier = database.refresh();
        database.execute(
                "ALTER " + whose.formatted(database.name, database.user) + " SET standard_conforming_strings = off");

        Diagnostic finding = database.refresh().findings().get(0);
        Diagnostic failure = Findings.thrown("postgres.standard-strings-off", () -> database.apply(earlier));

        assertTrue(finding.isError());
        assertEquals(finding.summary(), failure.summary());
        assertTrue(finding.summary().contains("sessions of " + database.user), finding.summary());
        assertFalse(database.hasTable("a"));
    }

    @Test
    void anUrlThatTurnsItOffIsRefusedByThePlanAndOneThatTurnsItOnIsNot() {
        database.script("V1__a.sql", "CREATE TABLE a (id int);");
        database.execute("ALTER ROLE " + database.user + " SET standard_conforming_strings = off");
        String url = database.settings.get("url").asText();
        database.settings.put("url", url + "?options=-c%20standard_conforming_strings=on");
        database.apply();
        database.script("V2__b.sql", "CREATE TABLE b (id int);");
        database.settings.put("url", url + "?options=-c%20standard_conforming_strings=off");

        assertEquals(
                "postgres.standard-strings-off",
                database.refresh().findings().get(0).code().code());
    }

    @Test
    void whereNothingIsPendingItMayBeOff() {
        database.script("V1__a.sql", "CREATE TABLE a (id int);").apply();
        database.execute("ALTER ROLE " + database.user + " SET standard_conforming_strings = off");

        assertEquals(List.of(), database.refresh().findings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/* /* */ ; DROP TABLE a; -- */\nSELECT 1;",
                "SELECT 1 /* /* */ ; DROP TABLE a; -- */;",
                "SELECT $é$ ' $é$; SELECT 'x'; -- $é$;\n/* ; DROP TABLE a; */",
                "SELECT 0; -- \r/*\nDROP TABLE a; -- */ ; SELECT 1;",
                "SELECT E'a'\n'\\'; DROP TABLE a; --';",
                "SELECT U&'\\0061;', 'x' /* ' */; SELECT '; DROP TABLE a; --';",
                "SELECT 1 AS \"x\"\"; DROP TABLE a; --\";",
                "CREATE TABLE c (id int);\nCOPY c FROM STDIN; -- '\n1\n\\.\nSELECT '; DROP TABLE a; ';"
            })
    void noStatementRunsThatIsNoneInTheScript(String script) {
        database.script("V1__a.sql", "CREATE TABLE a (id int);").apply();
        database.script("V2__b.sql", script);
        try {
            database.apply();
        } catch (ChartreuseException e) {
            assertTrue(e.getMessage() != null);
        }

        assertTrue(database.hasTable("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"beforeMigrate.sql", "afterEachMigrate.sql", "afterConnect.sql", "afterMigrate__last.sql"})
    void noStatementOfACallbackRunsThatIsNoneInItsFile(String callback) {
        database.script("V1__a.sql", "CREATE TABLE a (id int);").apply();
        database.script("V2__b.sql", "CREATE TABLE b (id int);");
        database.script(callback, "SELECT 1 /* /* */ ; DROP TABLE a; -- */;");

        try {
            database.apply();
        } catch (ChartreuseException e) {
            assertTrue(e.diagnostics().get(0).isError());
        }

        assertTrue(database.hasTable("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"beforeMigrate.sql", "beforeEachMigrate.sql"})
    void noStatementOfACallbackRunsWhileBackslashesHideQuotes(String callback) {
        database.script("V1__a.sql", "CREATE TABLE a (id int);");
        database.script(
                callback,
                "SELECT set_config('standard_' || 'conforming_strings', 'off', false);\n"
                        + "SELECT '\\''; CREATE TABLE b (id int); SELECT '\\'';\n");

        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(failure.summary().contains("standard_conforming_strings is off"), failure.summary());
        assertFalse(database.hasTable("b"));
    }

    @Test
    void callbacksRunInFlywaysOrderEachWithItsPlaceholdersAndOptions() {
        database.execute("CREATE TABLE log (id serial, event text)")
                .execute("ALTER TABLE log OWNER TO " + database.user);
        database.execute("ALTER SEQUENCE log_id_seq OWNER TO " + database.user);
        database.migrations().put("baselineOnMigrate", true).put("baselineVersion", "0");
        database.migrations().putObject("placeholders").put("word", "replaced");
        database.script("V1__a.sql", "CREATE TABLE a (id int);").script("R__r.sql", "SELECT 1;");
        for (String event : List.of(
                "afterConnect",
                "beforeValidate",
                "beforeMigrate__1",
                "beforeMigrate__2",
                "beforeEachMigrate",
                "afterEachMigrateStatement",
                "afterEachMigrate",
                "afterVersioned",
                "beforeRepeatables",
                "afterMigrateApplied",
                "afterMigrate")) {
            database.script(event + ".sql", "INSERT INTO log (event) VALUES ('" + event + " ${word}');");
        }
        database.script("beforeMigrate__3.sql", "VACUUM log;")
                .script("beforeMigrate__3.sql.conf", "executeInTransaction=false");

        database.apply();

        assertEquals(
                "afterConnect beforeValidate beforeMigrate__1 beforeMigrate__2"
                        + " beforeEachMigrate afterEachMigrateStatement afterEachMigrate afterVersioned beforeRepeatables"
                        + " beforeEachMigrate afterEachMigrateStatement afterEachMigrate afterMigrateApplied afterMigrate",
                database.query("SELECT string_agg(replace(event, ' replaced', ''), ' ' ORDER BY id) FROM log"));
        assertEquals("0", database.query("SELECT count(*) FROM log WHERE event NOT LIKE '% replaced'"));
    }

    /** The number of password reads, one per connection, which mark the moments of a run. */
    private static final int MOMENTS = 12;

    @Test
    void aCallbackThatIsChangedOrAddedAtAnyMomentOfARunDoesNotRun() {
        for (int moment = 1; moment <= MOMENTS; moment++) {
            String file = moment % 2 == 0 ? "beforeMigrate.sql" : "afterMigrate.sql";
            TestDatabase shop = new TestDatabase().tables(1).script("beforeMigrate.sql", "SELECT 1;");
            shop.settings.put("role", shop.user);
            Resource planned = shop.refresh();
            AtomicInteger left = new AtomicInteger(moment);
            TestSecrets known = new TestSecrets();
            Secrets secrets = reference -> {
                if (left.decrementAndGet() == 0) {
                    shop.script(file, "CREATE TABLE forged (id int);");
                }
                return known.resolve(reference);
            };
            try (Provider provider = TestDatabase.provider(Map.of("main", shop), secrets)) {
                provider.converge(TestDatabase.step(planned), Progress.NONE);
            } catch (ChartreuseException e) {
                assertTrue(e.diagnostics().get(0).isError());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertFalse(shop.hasTable("forged"), file + " ran that was written at moment " + moment);
        }
    }

    @Test
    void optionsThatAPlaceholderDecidesAreRefused() {
        database.migrations().putObject("placeholders").put("switch", "false").put("note", "x");
        database.script("V1__a.sql", "DO $$ BEGIN /*${note}*/ CREATE TABLE a (id int); END $$;")
                .script("V1__a.sql.conf", "executeInTransaction=true\nplaceholderReplacement=${switch}\n");

        Diagnostic problem = Findings.only(
                "postgres.unreadable-migration", database.refresh().findings());

        assertTrue(problem.summary().contains("Line 2 of "), problem.summary());
        assertTrue(problem.summary().contains("V1__a.sql.conf"), problem.summary());
    }

    @Test
    void optionsOfAFileCountMoreThanThoseOfAll() {
        database.migrations()
                .put("placeholderReplacement", false)
                .putObject("placeholders")
                .put("name", "b");
        database.script("V1__a.sql", "CREATE TABLE ${name} (id int);")
                .script("V1__a.sql.conf", "placeholderReplacement=true");

        assertEquals(
                "CREATE TABLE b (id int);",
                database.refresh().migrations().get(0).sql().orElseThrow());
        database.apply();
        assertTrue(database.hasTable("b"));
    }

    @Test
    void optionsAreTakenFromTheFirstLocationThatHasThem() throws IOException {
        Path other = Files.createDirectories(database.directory.resolve("before"));
        Files.writeString(other.resolve("V1__a.sql.conf"), "placeholderReplacement=false");
        database.migrations().withArray("locations").insert(0, other.toString());
        database.migrations().putObject("placeholders").put("name", "b");
        database.script("V1__a.sql", "CREATE TABLE a AS SELECT '${name}' AS text;");

        String shown = database.refresh().migrations().get(0).sql().orElseThrow();
        database.apply();

        assertEquals("${name}", database.query("SELECT text FROM a"));
        assertTrue(shown.contains("'${name}'"), shown);
    }

    @Test
    void whatLiteralsHoldMayNameTheTime() {
        database.script("V1__a.sql", "CREATE TABLE a AS SELECT '${flyway:timestamp}' AS text, 'x;y' AS other;");

        database.apply();

        assertTrue(database.hasTable("a"));
    }
}
