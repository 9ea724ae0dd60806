package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An {@code env.py} that migrates several schemas, each with a version table of its own. */
@Timeout(120)
class AlembicTenantsTest {

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;

    AlembicTenantsTest() {
        database.execute("CREATE SCHEMA north AUTHORIZATION " + database.user + "; CREATE SCHEMA south AUTHORIZATION "
                + database.user);
        project.file(
                "scripts/env.py",
                project.read("scripts/env.py")
                        .replaceFirst("(?s)        context\\.configure\\(connection.*?run_migrations\\(\\)\n", """
                                        for tenant in context.config.get_main_option("tenants").split():
                                            connection.execute("SET search_path TO " + tenant)
                                            context.configure(connection=connection, version_table_schema=tenant)
                                            with context.begin_transaction():
                                                context.run_migrations()
                                """));
    }

    private AlembicTenantsTest tenants(String names) {
        String ini = project.read("alembic.ini").replaceFirst("\ntenants = .*", "");
        project.file("alembic.ini", ini.replaceFirst("\\[alembic]", "[alembic]\ntenants = " + names));
        return this;
    }

    @Test
    void aTenantThatIsBehindIsBroughtUpToTheOthers() {
        tenants("north south").project.row("a").apply();
        tenants("north").project.row("a", "b").apply();
        Resource planned = tenants("north south").project.refresh();

        assertEquals(1, Migration.pending(planned.migrations()).size());
        assertEquals("{\"revision\":\"b\"}", project.apply().toString());
        assertEquals("b", database.query("SELECT version_num FROM south.alembic_version"));
    }

    @Test
    void whatOneTenantHasCommittedIsNotSaidToBeRolledBack() {
        tenants("north south").project.row("a").apply();
        project.revision(
                "b",
                "\"a\"",
                AlembicProject.table("b")
                        + "\nif op.get_context().version_table_schema == \"south\":\n    op.execute(\"SELECT nope\")");
        Diagnostic failure = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(
                failure.summary()
                        .endsWith(
                                "env.py runs the migrations several times: what other runs of them have committed stays;"
                                        + " in all of them the database stands at revision a."),
                failure.summary());
        assertEquals("b", database.query("SELECT version_num FROM north.alembic_version"));
        project.row("a", "b");
        assertEquals("{\"revision\":\"b\"}", project.apply().toString());
    }
}
