package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.postgres.server.ServerProbe;
import io.chartreuse.spi.model.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.util.HostSpec;

/** All processes of a server are stopped: it accepts connections and does not answer. */
@Timeout(300)
class HaltedServerTest {

    private static final String BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop'"
            + " AND application_name LIKE 'chartreuse %' AND wait_event = 'advisory'";

    private final TestDatabase database = new TestDatabase()
            .waitingForLocks()
            .tables(1)
            .script("V2__slow.sql", "CREATE TABLE slow (id int);\n" + Gate.WAITING);

    @Test
    void theRunGoesOnWithTheServerThatIsPromoted() throws Exception {
        try (OwnServer server = OwnServer.started()) {
            server.execute("postgres", "CREATE DATABASE shop");
            try (OwnServer standby = server.standby(true)) {
                String hosts = "127.0.0.1:" + server.port + ",127.0.0.1:" + standby.port;
                database.settings.put("user", "postgres").remove("password");
                database.settings.put("url", "jdbc:postgresql://" + hosts + "/shop?sslmode=disable");
                database.settings.put("connectTimeout", "2s");
                Resource planned = database.refresh();
                Gate gate = Gate.shut(server.connect("shop"));
                Underway run = new Underway(database, planned);
                run.await(() -> server.query("shop", BLOCKED).equals("1"));
                run.await(() -> standby.hasReplayed(server));
                server.halt();
                try {
                    standby.promote();

                    assertEquals(planned.desired(), run.ended());
                    assertTrue(run.hasSaid("answers no new connection"), run.said::toString);
                    assertTrue(run.hasSaid("(timeline 2, was 1): V2__slow.sql was rolled back"), run.said::toString);
                } finally {
                    server.goOn();
                }
                gate.open();
                assertEquals("2", standby.query("shop", "SELECT max(version) FROM flyway_schema_history"));
            }
        }
    }

    @Test
    void anAlembicProcessIsEndedInBoundedTimeAndTheRunGoesOnWithTheServerThatIsPromoted() throws Exception {
        AlembicProject project = new AlembicProject();
        try (OwnServer server = OwnServer.started()) {
            server.execute("postgres", "CREATE DATABASE shop");
            try (OwnServer standby = server.standby(true)) {
                TestDatabase migrated = project.database.waitingForLocks();
                String hosts = "127.0.0.1:" + server.port + ",127.0.0.1:" + standby.port;
                migrated.settings.put("user", "postgres").remove("password");
                migrated.settings.put("url", "jdbc:postgresql://" + hosts + "/shop?sslmode=disable");
                migrated.settings.put("connectTimeout", "2s");
                Path pid = migrated.directory.resolve("pid");
                Resource planned = project.row("a")
                        .revision(
                                "b",
                                "\"a\"",
                                AlembicProject.table("b") + "\n" + writesPid(pid) + "op.execute(\"" + Gate.WAITING
                                        + "\")")
                        .refresh();
                Gate gate = Gate.shut(server.connect("shop"));
                Underway run = new Underway(migrated, planned);
                run.await(() -> server.query("shop", BLOCKED).equals("1"));
                ProcessHandle alembic =
                        ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
                server.halt();
                try {
                    standby.promote();

                    alembic.onExit().get(90, TimeUnit.SECONDS);
                    assertEquals(planned.desired(), run.ended());
                    assertTrue(run.hasSaid("answers no new connection"), run.said::toString);
                } finally {
                    server.goOn();
                }
                gate.open();
                assertEquals("b", standby.query("shop", "SELECT version_num FROM alembic_version"));
                assertEquals("b", standby.query("shop", "SELECT relname FROM pg_class WHERE relname = 'b'"));
            }
        }
    }

    private static String writesPid(Path file) {
        return "import os, pathlib\npathlib.Path(\"" + file + "\").write_text(str(os.getpid()))\n";
    }

    @Test
    void aNewConnectionTellsAServerThatIsHaltedFromOneThatIsNot() {
        try (OwnServer server = OwnServer.started()) {
            HostSpec place = new HostSpec("127.0.0.1", server.port);
            assertTrue(ServerProbe.answers(place, Duration.ofSeconds(20)));
            server.halt();
            try {
                assertEquals(false, ServerProbe.answers(place, Duration.ofMillis(500)));
            } finally {
                server.goOn();
            }
            server.stop();
            assertTrue(ServerProbe.answers(place, Duration.ofSeconds(20)), "a refusal is an answer");
            server.start();
        }
    }
}
