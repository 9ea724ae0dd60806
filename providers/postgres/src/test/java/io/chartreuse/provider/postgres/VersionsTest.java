package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oldest and the newest supported PostgreSQL; what works with both is assumed to work with those between. */
@Timeout(600)
class VersionsTest {

    @ParameterizedTest
    @EnumSource
    void whatMattersMostWorks(PostgresVersion version) throws Exception {
        try (OwnServer server = OwnServer.started(version)) {
            server.execute("postgres", "CREATE DATABASE shop")
                    .execute("postgres", "CREATE ROLE shop_owner NOLOGIN")
                    .execute(
                            "shop",
                            "GRANT ALL ON DATABASE shop TO shop_owner; GRANT ALL ON SCHEMA public TO shop_owner");
            TestDatabase database = database(server);

            planAndMigrate(version, server, database);
            recordAndRecall(server, database);
            failAndStay(server, database);
            loseTheConnection(server, database);
        }
    }

    private static TestDatabase database(OwnServer server) {
        TestDatabase database = new TestDatabase()
                .waitingForLocks()
                .tables(2)
                .script("V3__index.sql", "CREATE INDEX CONCURRENTLY i ON t1 (id);")
                .script("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS x;");
        database.settings
                .put("url", "jdbc:postgresql://127.0.0.1:" + server.port + "/shop")
                .put("user", "postgres")
                .put("role", "shop_owner")
                .remove("password");
        return database;
    }

    private static void planAndMigrate(PostgresVersion version, OwnServer server, TestDatabase database)
            throws InterruptedException {
        Resource planned = database.refresh();

        assertEquals(List.of(), planned.findings());
        assertEquals(String.valueOf(version.major()), planned.fingerprint().get("serverMajor"));
        assertEquals(
                List.of(true, true, false, true),
                planned.migrations().stream().map(Migration::transactional).toList());
        assertEquals(planned.desired(), database.apply(planned));
        assertEquals("3", owned(server, "t1", "t2", "v"));
    }

    private static void recordAndRecall(OwnServer server, TestDatabase database) throws IOException {
        try (InputStream schema = VersionsTest.class.getResourceAsStream("/catalog/schema.sql")) {
            server.execute("postgres", "CREATE DATABASE everything")
                    .execute("everything", new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
        Snapshot recorded = Recordings.taken(database);

        assertEquals(database.refresh(), Recordings.recalled(database, recorded));
        assertTrue(recorded.parts().containsKey("index public.i"), recorded.parts()::toString);
        TestDatabase everything = database(server);
        everything.settings.put("url", "jdbc:postgresql://127.0.0.1:" + server.port + "/everything");
        everything.migrations().put("table", "steps");
        assertTrue(Recordings.taken(everything).parts().containsKey("policy visible on public.orders"));
    }

    private static String owned(OwnServer server, String... names) {
        return server.query(
                "shop",
                "SELECT count(*) FROM pg_class WHERE relname IN ('" + String.join("', '", names)
                        + "') AND pg_get_userbyid(relowner) = 'shop_owner'");
    }

    private static void failAndStay(OwnServer server, TestDatabase database) {
        database.script("V4__broken.sql", "CREATE TABLE half (id int);\nSELECT nope;");
        Diagnostic problem = Findings.thrown("postgres.migration-failed", database::apply);

        assertTrue(problem.summary().contains("at line 2"), problem.summary());
        assertTrue(problem.summary().contains("stands at revision 3"), problem.summary());
        assertEquals("null", server.query("shop", "SELECT to_regclass('half')"));
        database.remove("V4__broken.sql");
    }

    private static void loseTheConnection(OwnServer server, TestDatabase database) throws Exception {
        Resource planned = database.script("V4__slow.sql", Gate.WAITING).refresh();
        Gate gate = Gate.shut(server.connect("shop"));
        Underway run = new Underway(database, planned);
        String blocked = " FROM pg_stat_activity WHERE datname = 'shop' AND wait_event = 'advisory'";
        run.await(() -> !server.query("postgres", "SELECT count(*)" + blocked).equals("0"));
        server.query("postgres", "SELECT pg_terminate_backend(pid)" + blocked);
        run.awaitSaid("(timeline 1 as before): V4__slow.sql was rolled back");
        gate.open();

        assertEquals(planned.desired(), run.ended());
    }
}
