package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Snapshot;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.SnapshotSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private final TestDatabase database = new TestDatabase().tables(2);

    @Test
    void whatIsRecordedAreTheRevisionTheHistoryAndTheObjects() {
        database.script("R__view.sql", "CREATE VIEW v AS SELECT id FROM t1;").apply();
        Snapshot recorded = Recordings.taken(database);

        assertEquals("postgres.database/main", recorded.address().toString());
        assertEquals(
                List.of(
                        "extension plpgsql",
                        "grants on schema public",
                        "migration R__view.sql",
                        "migration V1__table_1.sql",
                        "migration V2__table_2.sql",
                        "revision",
                        "schema public",
                        "table public.t1",
                        "table public.t2",
                        "view public.v"),
                List.copyOf(recorded.parts().keySet()));
        assertEquals("2", recorded.parts().get("revision"));
        assertTrue(recorded.parts().get("migration V1__table_1.sql").matches("applied, checksum -?[0-9]+"));
    }

    @Test
    void theNotesSayWhereAndWhatWithoutASecret() {
        database.apply();
        Snapshot recorded = Recordings.taken(database);

        assertEquals(
                "localhost:" + TestServer.port(), recorded.notes().path("hosts").asText());
        assertEquals(database.name, recorded.notes().path("database").asText());
        assertEquals(18, recorded.notes().at("/server/major").asInt());
        assertEquals(
                "V1__table_1.sql", recorded.notes().at("/history/rows/0/script").asText());
    }

    @Test
    void aDatabaseWithoutHistoryIsRecorded() {
        Snapshot recorded = Recordings.taken(database);

        assertEquals("none", recorded.parts().get("revision"));
        assertFalse(recorded.parts().keySet().stream().anyMatch(name -> name.startsWith("migration")));
    }

    @Test
    void aHistoryThatIsEditedIsTold() {
        database.apply();
        Snapshot recorded = Recordings.taken(database);
        database.execute("UPDATE flyway_schema_history SET checksum = 7 WHERE version = '1'")
                .execute("UPDATE flyway_schema_history SET success = false WHERE version = '2'");
        Snapshot edited = Recordings.taken(database);

        assertEquals("applied, checksum 7", edited.parts().get("migration V1__table_1.sql"));
        assertFalse(edited.parts().containsKey("migration V2__table_2.sql"));
        assertEquals("1", edited.parts().get("revision"));
        assertNotEquals(recorded.parts(), edited.parts());
    }

    @Test
    void theEntryOfAFailedMigrationIsNotRecordedSoThatItsRepairIsNoDrift() {
        database.apply();
        database.execute("INSERT INTO flyway_schema_history VALUES"
                + " (3, '3', 'broken', 'SQL', 'V3__broken.sql', 5, 'somebody', now(), 1, false)");
        Snapshot failed = Recordings.taken(database);
        database.execute("DELETE FROM flyway_schema_history WHERE version = '3'");

        assertEquals(failed.parts(), Recordings.taken(database).parts());
    }

    @Test
    void anIndexThatAFailedMigrationLeftIsRecordedAsInvalid() {
        database.apply();
        database.execute("CREATE INDEX works ON t1 (id)").execute("INSERT INTO t1 VALUES (7), (7)");
        assertThrows(
                IllegalStateException.class,
                () -> database.execute("CREATE UNIQUE INDEX CONCURRENTLY broken ON t1 (id)"));
        Snapshot recorded = Recordings.taken(database);

        assertTrue(recorded.isInvalid("index public.broken"));
        assertFalse(recorded.isInvalid("index public.works"));
        assertFalse(recorded.isInvalid("table public.t1"));
    }

    @Test
    void allThatCannotBeReachedIsTold() {
        TestDatabase other = new TestDatabase();
        database.settings.put("url", "jdbc:postgresql://localhost:1/shop");
        other.settings.put("url", "jdbc:postgresql://localhost:1/shop");

        try (Provider provider = TestDatabase.provider(Map.of("main", database, "other", other))) {
            ChartreuseException failure =
                    assertThrows(ChartreuseException.class, ((SnapshotSource) provider)::snapshot);
            assertEquals(
                    List.of("postgres.unreachable", "postgres.unreachable"), Findings.codes(failure.diagnostics()));
        }
    }

    @Test
    void aTableThatSomebodyKeepsLockedIsNotWaitedForLong() throws SQLException {
        database.apply();
        database.execute("CREATE VIEW v AS SELECT id FROM t1");
        try (Connection somebody = TestServer.connect(database.name);
                Statement statement = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            statement.execute("LOCK TABLE t1 IN ACCESS EXCLUSIVE MODE");
            Diagnostic problem = Findings.thrown("postgres.lock-timeout", () -> Recordings.taken(database));

            assertTrue(problem.summary().contains("could not be read"), problem.summary());
        }
    }
}
