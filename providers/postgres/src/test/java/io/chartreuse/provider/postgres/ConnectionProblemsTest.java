package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionProblemsTest {

    private final TestDatabase database = new TestDatabase().tables(1);

    @Test
    void aWrongPasswordIsRefused() {
        database.settings.putObject("password").put("env", "WRONG");
        Diagnostic problem = refused("postgres.credentials-refused");

        assertTrue(problem.summary().contains(database.user), problem.summary());
        assertEquals(1, problem.code().type().exitCode());
    }

    @Test
    void aMissingPasswordIsRefused() {
        database.settings.remove("password");

        refused("postgres.credentials-refused");
    }

    @Test
    void anUnknownUserIsRefused() {
        database.settings.put("user", "nobody");

        refused("postgres.credentials-refused");
    }

    @Test
    void anUnknownDatabaseIsNamed() {
        database.settings.put("url", "jdbc:postgresql://localhost:" + TestServer.port() + "/elsewhere");

        assertTrue(refused("postgres.unknown-database").summary().contains("elsewhere"));
    }

    @Test
    void anUnreachablePortIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        database.settings.put("url", "jdbc:postgresql://localhost:" + port + "/shop");

        assertTrue(refused("postgres.unreachable").summary().contains("localhost:" + port));
    }

    @Test
    void anUnknownHostIsNamed() {
        database.settings.put("url", "jdbc:postgresql://no-such-host.invalid/shop");

        String said = refused("postgres.unreachable").summary();
        assertTrue(said.contains("no-such-host.invalid:5432"), said);
        assertTrue(said.endsWith("host no-such-host.invalid is unknown (DNS)"), said);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            database.settings
                    .put("url", "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/shop")
                    .put("connectTimeout", "500ms");

            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refused("postgres.unreachable"));
        }
    }

    @Test
    void anUnknownRoleIsNamed() {
        database.settings.put("role", "no_such_role");

        assertTrue(refused("postgres.unknown-role").summary().contains("no_such_role"));
    }

    @Test
    void aRoleThatMayNotBeTakenIsNamed() {
        database.settings.put("role", "postgres");
        Diagnostic problem = refused("postgres.role-not-permitted");

        assertTrue(problem.remedy().contains("GRANT postgres TO " + database.user), problem.remedy());
    }

    @Test
    void aHistoryThatMayNotBeReadIsAServersRefusal() {
        database.apply();
        database.execute("ALTER TABLE flyway_schema_history OWNER TO postgres");

        assertTrue(refused("postgres.refused").summary().contains("permission denied"));
    }

    @Test
    void theProblemsOfAllDatabasesShowAtOnce() {
        database.settings.putObject("password").put("env", "WRONG");
        TestDatabase other = new TestDatabase();
        other.settings.put("role", "no_such_role");
        try (Provider provider = TestDatabase.provider(Map.of("a", database, "b", other))) {
            ChartreuseException failure = assertThrows(ChartreuseException.class, provider::refresh);

            assertEquals(
                    List.of("postgres.credentials-refused", "postgres.unknown-role"),
                    Findings.codes(failure.diagnostics()));
        }
    }

    private Diagnostic refused(String code) {
        return Findings.thrown(code, database::refresh);
    }
}
