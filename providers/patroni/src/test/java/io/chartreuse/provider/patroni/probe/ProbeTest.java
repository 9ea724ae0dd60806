package io.chartreuse.provider.patroni.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.spi.model.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProbeTest {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        ProbedDatabase.demandPasswords(server);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void passesWhereRolesAndDefaultPrivilegesAreThereAndLeavesNothing() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles().withDefaultPrivileges();

        assertEquals(Optional.empty(), probe(database));
        assertFalse(database.hasTables());
    }

    @Test
    void namesTheRoleThatDoesNotExist() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles();
        database.sql("DROP ROLE " + database.writer);
        database.sql("ALTER DEFAULT PRIVILEGES FOR ROLE " + database.owner + " GRANT SELECT ON TABLES TO PUBLIC");

        ReadinessGap missing = probe(database).orElseThrow();

        assertEquals("role " + database.writer + " does not exist", missing.what());
        assertTrue(missing.remedy().contains("probe.writer"), missing.remedy());
    }

    @Test
    void namesTheOwnerThatDoesNotExist() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server);

        assertEquals(
                "role " + database.owner + " does not exist",
                probe(database).orElseThrow().what());
    }

    @Test
    void saysThatTheLoginIsNotAMemberOfTheReader() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles().withDefaultPrivileges();
        database.sql("REVOKE " + database.reader + " FROM " + database.login);

        ReadinessGap missing = probe(database).orElseThrow();

        assertEquals(database.login + " may not SET ROLE " + database.reader, missing.what());
        assertEquals("Run: GRANT " + database.reader + " TO " + database.login + ";", missing.remedy());
    }

    @Test
    void saysThatTheOwnerMayNotCreateTables() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles();
        database.sql("REVOKE CREATE ON SCHEMA public FROM " + database.owner);

        assertEquals(
                database.owner + " may not create tables in its first schema",
                probe(database).orElseThrow().what());
    }

    @Test
    void saysThatTheOwnerHasNoSchema() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles();

        assertEquals(
                database.owner + " has no schema to create tables in (search_path)",
                probe(database, database.url() + "?currentSchema=nowhere")
                        .orElseThrow()
                        .what());
    }

    @Test
    void saysWhichDefaultPrivilegeTheWriterLacks() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles();

        ReadinessGap missing = probe(database).orElseThrow();

        assertEquals(
                "permission denied for a new table of " + database.owner
                        + ": its default privileges do not grant INSERT to " + database.writer,
                missing.what());
        assertTrue(
                missing.remedy()
                        .contains("ALTER DEFAULT PRIVILEGES FOR ROLE " + database.owner + " GRANT INSERT ON TABLES TO "
                                + database.writer),
                missing.remedy());
    }

    @Test
    void saysWhichDefaultPrivilegeTheReaderLacks() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles();
        database.sql("ALTER DEFAULT PRIVILEGES FOR ROLE " + database.owner + " GRANT INSERT ON TABLES TO "
                + database.writer);

        assertEquals(
                "permission denied for a new table of " + database.owner
                        + ": its default privileges do not grant SELECT to " + database.reader,
                probe(database).orElseThrow().what());
    }

    @Test
    void saysThatTheWriterMayNotUseTheSchema() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles().withDefaultPrivileges();
        database.sql("CREATE SCHEMA \"Own\" AUTHORIZATION " + database.owner);

        ReadinessGap missing =
                probe(database, database.url() + "?currentSchema=\"Own\"").orElseThrow();

        assertEquals(database.writer + " may not use schema Own", missing.what());
        assertTrue(missing.remedy().contains("GRANT USAGE ON SCHEMA \"Own\""), missing.remedy());
    }

    @Test
    void looksWhereTheOwnersSearchPathLeadsNotTheReaders() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles().withDefaultPrivileges();
        database.sql("CREATE SCHEMA " + database.owner + " AUTHORIZATION " + database.owner);
        database.sql("GRANT USAGE ON SCHEMA " + database.owner + " TO " + database.writer + ", " + database.reader);

        assertEquals(Optional.empty(), probe(database));
    }

    @Test
    void saysThatTheReaderDoesNotSeeTheRow() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles().withDefaultPrivileges();
        database.sql("""
                CREATE FUNCTION secure() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                DECLARE t record;
                BEGIN
                  FOR t IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP
                    EXECUTE format('CREATE RULE none AS ON INSERT TO %s DO INSTEAD NOTHING', t.object_identity);
                  END LOOP;
                END $$""");
        database.sql("CREATE EVENT TRIGGER secure ON ddl_command_end WHEN TAG IN ('CREATE TABLE')"
                + " EXECUTE FUNCTION secure()");

        assertEquals(
                database.reader + " does not see the row that " + database.writer + " wrote",
                probe(database).orElseThrow().what());
    }

    @Test
    void saysThatTheServerIsReadOnly() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles().withDefaultPrivileges();
        database.sql("ALTER DATABASE " + database.name + " SET default_transaction_read_only = on");

        assertEquals(
                "the server takes no writes (read-only transaction)",
                probe(database).orElseThrow().what());
    }

    @Test
    void givesTheServersWordsForWhatItDoesNotKnowWithoutTheTablesName() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server).withRoles().withDefaultPrivileges();
        database.sql("""
                CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
                DECLARE t record;
                BEGIN
                  FOR t IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP
                    RAISE EXCEPTION 'we do not like %', t.object_identity;
                  END LOOP;
                END $$""");
        database.sql("CREATE EVENT TRIGGER refuse ON ddl_command_end EXECUTE FUNCTION refuse()");

        ReadinessGap missing = probe(database).orElseThrow();

        assertEquals("the probe failed (create): we do not like public.chartreuse_probe", missing.what());
        assertEquals("Look at the server's log; the SQLSTATE is P0001.", missing.remedy());
    }

    @Test
    void saysThatThePasswordIsWrongWithoutRepeatingIt() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server);
        Probe probe = new Probe(database.settings(database.url()), reference -> new Secret("wrong-horse"), "test");

        ReadinessGap missing = probe.attempt(List.of()).orElseThrow();

        assertEquals(
                database.login + " cannot connect to the probe's database: password authentication failed for user \""
                        + database.login + "\"",
                missing.what());
        assertTrue(missing.remedy().contains("probe.password"), missing.remedy());
        assertFalse(missing.toString().contains("wrong-horse"));
    }

    @Test
    void saysThatTheDatabaseDoesNotExist() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server);

        ReadinessGap missing = probe(database, database.url() + "_missing").orElseThrow();

        assertTrue(
                missing.what().endsWith("database \"" + database.name + "_missing\" does not exist"), missing.what());
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server);

        ReadinessGap missing =
                probe(database, "jdbc:postgresql://127.0.0.1:1/shop").orElseThrow();

        assertTrue(missing.what().contains("127.0.0.1:1 refused"), missing.what());
    }

    @Test
    void givesUpOnAServerThatHangs() throws Exception {
        ProbedDatabase database = new ProbedDatabase(server);
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/shop?loginTimeout=1";

            assertTrue(probe(database, url).orElseThrow().what().contains("cannot connect"));
        }
    }

    private static Optional<ReadinessGap> probe(ProbedDatabase database) {
        return probe(database, database.url());
    }

    private static Optional<ReadinessGap> probe(ProbedDatabase database, String url) {
        return new Probe(database.settings(url), reference -> new Secret(ProbedDatabase.PASSWORD), "test")
                .attempt(List.of());
    }
}
