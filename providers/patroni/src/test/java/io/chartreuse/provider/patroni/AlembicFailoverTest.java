package io.chartreuse.provider.patroni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.testkit.Prerequisite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Debian's Alembic on a real cluster of two, whose leader changes while it runs. */
@Timeout(170)
class AlembicFailoverTest {

    private static final String PROGRAM = "/usr/bin/alembic";

    @Test
    void itFindsTheLeaderAndGoesOnWithTheNextOne(@TempDir Path directory) throws Exception {
        Prerequisite.installed("alembic", Files.isExecutable(Path.of(PROGRAM)));
        try (Pair pair = new Pair(false)) {
            Release release = project(directory, pair);
            Plan plan = release.plan();
            CompletableFuture<RunReport> run = release.applying(plan);
            String sleeping = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
            pair.await(
                    "the long revision",
                    () -> run.isDone() || pair.on(pair.first, sleeping).isPresent());
            pair.await("switchover", () -> run.isDone() || pair.cluster.switchOver(pair.first, pair.second));

            RunReport report = run.get(100, TimeUnit.SECONDS);
            assertTrue(report.succeeded(), () -> report.problems() + release.said.toString() + pair.logs());
            assertEquals(Optional.of("b"), pair.on(pair.second, "SELECT version_num FROM alembic_version"));
            assertEquals(
                    Optional.of("1"), pair.on(pair.second, "SELECT count(*) FROM first"), "applied once, not twice");
            assertTrue(release.hasSaid("(timeline 2, was 1)"), release.said::toString);
        }
    }

    private static Release project(Path directory, Pair pair) throws Exception {
        Path scripts = Files.createDirectories(directory.resolve("project/scripts/versions"));
        Files.writeString(directory.resolve("project/alembic.ini"), "[alembic]\nscript_location = %(here)s/scripts\n");
        Files.writeString(directory.resolve("project/scripts/env.py"), ENVIRONMENT);
        revision(scripts, "a", "None", "CREATE TABLE first AS SELECT 1 AS id");
        revision(scripts, "b", "'a'", FailoverTest.LONG.replace("\n", " "));
        return new Release(directory).configured("""
                patroni:
                  clusters:
                    main: {endpoints: ["%s", "%s"]}
                postgres:
                  databases:
                    main:
                      url: jdbc:postgresql:///shop
                      fromPatroni: true
                      user: postgres
                      password: {env: PG_PASSWORD}
                      migrations: {tool: alembic, directory: project, command: [%s]}
                """.formatted(pair.first.url(), pair.second.url(), PROGRAM));
    }

    private static void revision(Path scripts, String id, String parent, String sql) throws Exception {
        Files.writeString(scripts.resolve(id + "_x.py"), """
                from alembic import op

                revision = "%s"
                down_revision = %s


                def upgrade():
                    op.execute(\"""%s\""")
                """.formatted(id, parent, sql));
    }

    private static final String ENVIRONMENT = """
            from alembic import context
            from sqlalchemy import engine_from_config, pool

            config = context.config
            if context.is_offline_mode():
                context.configure(url=config.get_main_option("sqlalchemy.url"), literal_binds=True)
                with context.begin_transaction():
                    context.run_migrations()
            else:
                engine = engine_from_config(
                    config.get_section(config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool)
                with engine.connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
            """;
}
