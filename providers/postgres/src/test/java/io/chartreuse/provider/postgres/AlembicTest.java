package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.text.Sha256;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AlembicTest {

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;

    @Test
    void pendingRevisionsArePlannedWithTheirSqlAndAppliedToTheRevisionOfThePlan() throws InterruptedException {
        Resource planned = project.row("a", "b").refresh();

        assertEquals(List.of(), planned.findings());
        assertEquals("{\"revision\":null}", planned.observed().toString());
        assertEquals("{\"revision\":\"b\"}", planned.desired().toString());
        assertEquals("2 migrations are pending", planned.reason());
        Migration second = Migration.pending(planned.migrations()).get(1);
        assertEquals("make b", second.description());
        assertEquals("scripts/versions/b_x.py", second.script());
        assertTrue(second.transactional());
        assertEquals(
                "CREATE TABLE b (\n    id INTEGER\n);\n\n"
                        + "UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a';",
                second.sql().orElseThrow());
        assertFalse(database.hasTable("alembic_version"));

        assertEquals(planned.desired(), database.apply(planned));
        assertTrue(database.hasTable("b"));
        assertEquals("is at its target revision b", project.refresh().reason());
        assertEquals(
                List.of("migration 1 of 2: scripts/versions/a_x.py", "migration 2 of 2: scripts/versions/b_x.py"),
                database.progress);
    }

    @Test
    void theCodeAroundRevisionsIsPlannedWithItsDigestAndWithoutSql() {
        List<Migration> migrations = project.row("a").refresh().migrations();

        Migration environment = migrations.get(2);
        assertEquals(Migration.Kind.CALLBACK, environment.kind());
        assertEquals("scripts/env.py", environment.script());
        assertEquals(Sha256.of(project.read("scripts/env.py")), environment.digest());
        assertTrue(environment.readableSql().isEmpty());
        project.apply();
        assertEquals(List.of(), project.refresh().migrations());
    }

    @Test
    void theVersionTableIsPlannedAsAlembicCreatesIt() throws InterruptedException {
        Resource planned = project.row("a", "b").refresh();

        Migration table = planned.migrations().get(0);
        assertEquals(Migration.Kind.CALLBACK, table.kind());
        String sql = table.sql().orElseThrow();
        assertTrue(sql.startsWith("CREATE TABLE alembic_version ("), sql);
        assertTrue(sql.endsWith(");"), sql);
        project.migrations().put("target", "a");
        database.apply(project.refresh());
        project.migrations().remove("target");
        assertTrue(
                project.refresh().migrations().stream()
                        .noneMatch(entry -> entry.sql().equals(table.sql())),
                "it is there now");
        assertEquals(planned.desired(), database.apply(project.refresh()));
    }

    @Test
    void codeAroundRevisionsThatIsEditedAsTheyAreAboutToRunIsRefused() {
        project.row("a").apply();
        String env = project.read("scripts/env.py");
        project.row("a", "b").file("scripts/env.py", env + "\n# planned\n");
        Resource planned = project.refresh();
        project.file("scripts/env.py", env + "\n# edited\n");

        Findings.thrown("postgres.migrations-moved", () -> database.apply(planned));
        assertFalse(database.hasTable("b"));
    }

    @Test
    void aRevisionThatIsAddedAfterThePlanIsNotApplied() throws InterruptedException {
        project.row("a");
        project.migrations().put("target", "a");
        Resource planned = project.refresh();
        project.row("a", "b");

        assertEquals("{\"revision\":\"a\"}", database.apply(planned).toString());
        assertFalse(database.hasTable("b"));
    }

    @Test
    void alembicIsAskedAgainOnlyWhereFilesOrTheVersionTableHaveChanged() {
        project.revision("a", "None", "open('loaded', 'a').write('x')", AlembicProject.table("a"))
                .apply();
        project.file("loaded", "");
        try (Provider provider = database.provider()) {
            assertEquals("is at its target revision a", only(provider).reason());
            assertEquals(only(provider).observed(), only(provider).observed());
            assertEquals("x", project.read("loaded"));

            project.revision("b", "\"a\"", "pass");
            assertEquals("1 migration is pending", only(provider).reason());
            String loaded = project.read("loaded");
            database.execute("DELETE FROM alembic_version");
            assertEquals("2 migrations are pending", only(provider).reason());
            assertNotEquals(loaded, project.read("loaded"));
        }
    }

    @Test
    void theVersionTableTellsWhereAnUpgradeHasLedTo() throws InterruptedException {
        String env = project.read("scripts/env.py");
        project.row("a", "b").file("scripts/env.py", """
                        from alembic import context as mode
                        open("ran", "a").write("sql " if mode.is_offline_mode() else "database ")
                        """ + env);
        Resource planned = project.refresh();
        project.file("ran", "");

        assertEquals(planned.desired(), database.apply(planned));
        assertEquals("database sql database ", project.read("ran"), "looks, renders, upgrades");
    }

    private static Resource only(Provider provider) {
        return provider.refresh().get(0);
    }

    @Test
    void aMigrationThatIsEditedBetweenPlanAndApplyIsRefused() {
        Resource planned = project.row("a", "b").refresh();
        project.revision("b", "\"a\"", "pass");

        Findings.thrown("postgres.migrations-moved", () -> database.apply(planned));
        assertFalse(database.hasTable("a"));
    }

    @Test
    void everythingBelongsToTheRole() {
        String role = database.name + " Own\"er";
        String quoted = '"' + role.replace("\"", "\"\"") + '"';
        database.execute("CREATE ROLE " + quoted + " NOLOGIN")
                .execute("GRANT " + quoted + " TO " + database.user)
                .execute("ALTER DATABASE " + database.name + " OWNER TO " + quoted);
        database.settings.put("role", role);
        project.row("a").apply();

        assertEquals(
                role + " 2",
                database.query("SELECT string_agg(DISTINCT pg_get_userbyid(relowner), ',') || ' ' || count(*)"
                        + " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"));
    }

    @Test
    void severalHeadsAreAllAppliedAndTheTargetHeadRefusesThem() throws InterruptedException {
        project.row("a")
                .revision("b1", "\"a\"", AlembicProject.table("b1"))
                .revision("b2", "\"a\"", AlembicProject.table("b2"));
        project.migrations().put("target", "head");
        Findings.only("postgres.several-heads", project.refresh().findings());

        project.migrations().remove("target");
        Resource planned = project.refresh();
        assertEquals("{\"revision\":\"b1, b2\"}", planned.desired().toString());
        assertEquals(planned.desired(), database.apply(planned));
        assertEquals("is at its target revision b1, b2", project.refresh().reason());
        assertEquals("2", database.query("SELECT count(*) FROM alembic_version"));
    }

    @Test
    void aMergePointIsOneRevisionAndNeedsNoMigrationAfterwards() throws InterruptedException {
        project.row("a")
                .revision("b1", "\"a\"", AlembicProject.table("b1"))
                .revision("b2", "\"a\"", AlembicProject.table("b2"));
        project.apply();
        project.revision("c", "(\"b1\", \"b2\")", "pass");
        Resource planned = project.refresh();

        assertEquals("{\"revision\":\"b1, b2\"}", planned.observed().toString());
        assertEquals("{\"revision\":\"c\"}", planned.desired().toString());
        assertEquals(planned.desired(), database.apply(planned));
        assertEquals(List.of(), project.refresh().migrations());
    }

    @Test
    void aBranchIsGoneToByItsLabelAndOthersAreLeftAlone() throws InterruptedException {
        project.row("a")
                .revision("b1", "\"a\"", "branch_labels = \"billing\"", AlembicProject.table("b1"))
                .revision("b2", "\"a\"", AlembicProject.table("b2"));
        project.migrations().put("target", "billing@head");
        Resource planned = project.refresh();

        assertEquals("{\"revision\":\"b1\"}", planned.desired().toString());
        assertEquals(planned.desired(), database.apply(planned));
        assertFalse(database.hasTable("b2"));
        assertEquals("is at its target revision b1", project.refresh().reason());
    }

    @Test
    void aRevisionThatDependsOnAnotherBranchComesAfterIt() throws InterruptedException {
        project.revision("a", "None", "branch_labels = \"one\"", AlembicProject.table("a"))
                .revision("b", "None", "branch_labels = \"two\"", AlembicProject.table("b"))
                .revision("c", "\"b\"", "depends_on = \"one\"", "op.execute(\"INSERT INTO a VALUES (1)\")");
        Resource planned = project.refresh();

        assertEquals("{\"revision\":\"a, c\"}", planned.desired().toString());
        assertEquals(planned.desired(), database.apply(planned));
        assertEquals("is at its target revision a, c", project.refresh().reason());
    }

    @Test
    void aRevisionThatTheProjectDoesNotKnowIsLeftAloneWithAWarning() {
        project.row("a", "b").apply();
        database.execute("UPDATE alembic_version SET version_num = 'of_the_future'");
        Resource planned = project.refresh();

        assertEquals(List.of("postgres.ahead"), Findings.codes(planned.findings()));
        assertEquals("{\"revision\":\"of_the_future\"}", planned.observed().toString());
        assertEquals(planned.observed(), planned.desired());
        assertEquals(List.of(), planned.migrations());
    }

    @Test
    void aDatabaseBeyondTheTargetIsLeftAlone() {
        project.row("a", "b").apply();
        project.migrations().put("target", "a");

        assertEquals(List.of("postgres.ahead"), Findings.codes(project.refresh().findings()));
    }

    @Test
    void anEmptyDatabaseIsLeftAloneWhereThatIsWanted() {
        database.settings.put("allowEmpty", false);

        assertEquals(
                "is empty and allowEmpty is false", project.row("a").refresh().reason());
    }

    @Test
    void theVersionTableIsTheOneThatTheProjectNames() {
        project.file(
                "scripts/env.py",
                project.read("scripts/env.py")
                        .replace(
                                "target_metadata=target_metadata)",
                                "target_metadata=None, version_table=\"steps\", version_table_schema=\"public\")"));
        project.row("a").apply();

        assertEquals("a", database.query("SELECT version_num FROM steps"));
        assertEquals("is at its target revision a", project.refresh().reason());
    }

    @Test
    void aSectionOfTheConfigurationIsRead() {
        project.migrations().put("section", "audit");

        assertEquals("{\"revision\":\"a\"}", project.row("a").apply().toString());
    }

    @Test
    void argumentsReachTheProject() {
        project.migrations()
                .put("patroniPostgresql", true)
                .putArray("arguments")
                .add("-x")
                .add("tenant=acme");
        project.revision(
                        "a",
                        "None",
                        "x = context.get_x_argument(as_dictionary=True)\n"
                                + "op.create_table(x['tenant'] + '_' + x['patroni_postgresql'])")
                .apply();

        assertTrue(database.hasTable("acme_yes"));
    }

    @Test
    void aProjectThatReadsItsUrlFromAVariableIsGivenIt() {
        project.file(
                "scripts/env.py",
                "import os\n"
                        + project.read("scripts/env.py")
                                .replace(
                                        "fileConfig(",
                                        "config.set_main_option(\"sqlalchemy.url\", os.environ[\"SHOP_URL\"]); fileConfig("));
        project.migrations().put("urlVariable", "SHOP_URL");

        assertEquals("{\"revision\":\"a\"}", project.row("a").apply().toString());
    }

    @Test
    void theVariableNamesTheDriverOfTheUrlThatItIsGiven() {
        project.file(
                "scripts/env.py",
                "import os\nopen('url', 'w').write(os.environ['SHOP_URL'])\n" + project.read("scripts/env.py"));
        project.migrations().put("urlVariable", "SHOP_URL");
        database.environment =
                Map.of("SHOP_URL", "postgresql+psycopg2://nobody@nowhere/nothing", "PATH", System.getenv("PATH"));
        project.row("a").apply();

        assertTrue(project.read("url").startsWith("postgresql+psycopg2://" + database.user + "@"), project.read("url"));
    }

    @Test
    void whatCannotBeRenderedIsLeftOutOfThePlanAndTheRestIsInIt() {
        project.row("a", "b", "c", "d")
                .revision("b", "\"a\"", "op.get_bind().execute(sa.text(\"SELECT 1\")).scalar().conjugate()")
                .revision("c", "\"b\"", "with op.get_context().autocommit_block():\n    op.execute(\"VACUUM a\")");
        List<Migration> migrations = Migration.pending(project.refresh().migrations());

        assertEquals(
                List.of(true, false, true, true),
                migrations.stream()
                        .map(migration -> migration.sql().isPresent())
                        .toList());
        assertEquals(
                List.of(true, true, false, true),
                migrations.stream().map(Migration::transactional).toList());
        project.apply();
        assertTrue(database.hasTable("d"));
    }
}
