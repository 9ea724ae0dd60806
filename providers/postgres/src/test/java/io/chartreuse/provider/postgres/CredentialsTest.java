package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.provider.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Passwords that change, and those that are in no setting. */
class CredentialsTest {

    private final TestDatabase database = new TestDatabase().tables(1);

    @Test
    void aPasswordThatRotatesBetweenTwoConnectionsIsReadAnew() throws Exception {
        AtomicReference<String> password = new AtomicReference<>(TestDatabase.PASSWORD);
        try (Provider provider =
                TestDatabase.provider(Map.of("main", database), reference -> new Secret(password.get()))) {
            var planned = provider.refresh().get(0);
            database.execute("ALTER ROLE " + database.user + " PASSWORD 'another'");
            password.set("another");

            assertEquals(planned.desired(), provider.converge(TestDatabase.step(planned), message -> {}));
        }
    }

    @Test
    void itIsReadForEachConnectionAlsoDuringARun() throws Exception {
        AtomicReference<String> password = new AtomicReference<>(TestDatabase.PASSWORD);
        try (Provider provider =
                TestDatabase.provider(Map.of("main", database), reference -> new Secret(password.get()))) {
            var planned = provider.refresh().get(0);
            var reached = provider.converge(TestDatabase.step(planned), message -> {
                database.execute("ALTER ROLE " + database.user + " PASSWORD 'another'");
                password.set("another");
            });

            assertEquals(planned.desired(), reached);
        }
    }

    @Test
    void withoutASettingThePasswordFileIsLookedInto() throws IOException {
        Path file = database.directory.resolve("pgpass");
        Files.writeString(file, "localhost:*:*:" + database.user + ":" + TestDatabase.PASSWORD + "\n");
        database.settings.remove("password");
        System.setProperty("org.postgresql.pgpassfile", file.toString());
        try {
            assertEquals("1 migration is pending", database.refresh().reason());
        } finally {
            System.clearProperty("org.postgresql.pgpassfile");
        }
    }

    @Test
    void aServerThatCannotEncryptIsNamedAsSuch() {
        database.settings.put("url", database.settings.get("url").asText() + "?sslmode=require");
        var problem = Findings.thrown("postgres.encryption-failed", database::refresh);

        assertTrue(problem.summary().contains("does not support SSL"), problem.summary());
    }
}
