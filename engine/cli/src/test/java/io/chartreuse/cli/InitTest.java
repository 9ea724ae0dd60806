package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first configuration, by questions and by options. */
final class InitTest {

    @TempDir
    Path directory;

    private Desk desk;
    private Path file;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        file = directory.resolve("new.yaml");
    }

    private Said init(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "init";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--config";
        all[words.length + 2] = file.toString();
        return desk.runBare(all);
    }

    private String written() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertWritten(Said said) {
        assertEquals(0, said.code(), said.all());
        assertEquals(0, desk.runBare("validate", "--config", file.toString()).code(), written());
    }

    private void assertRefused(Said said, String... words) {
        assertEquals(64, said.code(), said.all());
        assertFalse(Files.exists(file), "a file was written");
        for (String word : words) {
            assertTrue(said.all().contains(word), "should say " + word + ": " + said.all());
        }
    }

    @Test
    void optionsAreEnoughWithoutATerminal() {
        Said said =
                init("--release", "store", "--url", "jdbc:postgresql://store-pg:5432/store", "--user", "store_owner");

        assertWritten(said);
        Golden.assertSame("init", said.all() + "--- new.yaml\n" + written());
    }

    @Test
    void everyOptionIsWrittenDown() {
        assertWritten(init(
                "--release",
                "store",
                "--url",
                "jdbc:postgresql://pg:5433/db?sslmode=verify-full",
                "--user",
                "Odd \"User\"",
                "--password-file",
                "/run/secrets/pg pass",
                "--strategy",
                "before",
                "--backend",
                "file",
                "--database",
                "orders",
                "--tool",
                "alembic",
                "--migrations",
                "db/alembic"));
        for (String line : new String[] {
            "url: \"jdbc:postgresql://pg:5433/db?sslmode=verify-full\"",
            "user: \"Odd \\\"User\\\"\"",
            "password: {file: \"/run/secrets/pg pass\"}",
            "strategy: before",
            "backend: file",
            "orders:",
            "tool: alembic",
            "directory: \"db/alembic\""
        }) {
            assertTrue(written().contains(line), line + " in\n" + written());
        }
    }

    @Test
    void whatIsMissingWithoutATerminalIsSaidAtOnce() {
        assertRefused(init(), "--release and --url", "--yes", "[cli.nobody-to-ask]");
    }

    @Test
    void aYesTakesWhatIsProposed() throws IOException {
        file = Files.createDirectory(directory.resolve("web-shop")).resolve("new.yaml");
        Files.createDirectories(file.resolveSibling("db/migration"));
        Files.writeString(file.resolveSibling("db/migration/V1__first.sql"), "SELECT 1;");

        assertWritten(init("--yes"));

        assertTrue(written().contains("release: web-shop"), written());
        assertTrue(written().contains("locations: [\"db/migration\"]"), written());
        assertTrue(written().contains("password: {env: \"WEB_SHOP_PASSWORD\"}"), written());
    }

    @Test
    void anAlembicProjectIsFound() throws IOException {
        Files.writeString(directory.resolve("alembic.ini"), "[alembic]\n");

        assertWritten(init("--release", "shop", "--url", "jdbc:postgresql://pg/shop"));

        assertTrue(written().contains("tool: alembic"), written());
        assertTrue(written().contains("directory: \".\""), written());
    }

    @Test
    void onATerminalItAsksAndTakesReturnForWhatIsProposed() {
        desk.onTerminal("store\n\n\n\njdbc:postgresql://store-pg/store\n\n\nbefore\nfile\n");

        Said said = init();

        assertWritten(said);
        assertTrue(said.err().contains("The Helm release's name"), said.all());
        assertTrue(written().contains("release: store"), written());
        assertTrue(written().contains("strategy: before"), written());
        assertTrue(written().contains("password: {env: \"STORE_PASSWORD\"}"), written());
    }

    @Test
    void aBadAnswerIsAskedAgain() {
        desk.onTerminal("Not A Name\nstore\nliquibase\nflyway\n\n\nhttp://pg/store\njdbc:postgresql://pg/store\n\n"
                + "hunter-2-is-secret\nnone\n\nfile\n");

        Said said = init();

        assertWritten(said);
        assertTrue(said.err().contains("release"), said.all());
        assertTrue(said.err().contains("A password itself is not taken"), said.all());
        assertFalse((said.all() + written()).contains("hunter-2"), said.all());
    }

    @Test
    void theEndOfInputWritesNothing() {
        for (String input : new String[] {"", "store\n", "store\nflyway\nmigrations\n"}) {
            desk.onTerminal(input);
            assertRefused(init(), "nothing was written", "[cli.unanswered]");
        }
    }

    @Test
    void aFileThatIsThereIsLeftAsItIs() throws IOException {
        Files.writeString(file, "mine\n");

        Said said = init("--release", "store", "--url", "jdbc:postgresql://pg/store", "--yes");

        assertEquals(64, said.code(), said.all());
        assertTrue(said.err().contains("is there already, and is left as it is"), said.all());
        assertEquals("mine\n", written());
    }

    @Test
    void badOptionsAreRefusedAsTheReaderOfConfigurationsDoes() {
        String url = "jdbc:postgresql://pg/store";
        assertRefused(init("--release", "Not A Name", "--url", url), "release");
        assertRefused(init("--release", "store", "--url", "mysql://pg/store"), "url");
        assertRefused(init("--release", "store", "--url", url, "--strategy", "during"), "strategy");
        assertRefused(init("--release", "store", "--url", url, "--backend", "s3"), "backend");
        assertRefused(init("--release", "store", "--url", url, "--database", "a/b"), "a/b");
        assertRefused(init("--release", "store", "--url", url, "--tool", "liquibase"), "tool");
        Said credentials = init("--release", "store", "--url", "jdbc:postgresql://joe:hunter2@pg/store");
        assertRefused(credentials, "user or a password");
        assertFalse(credentials.all().contains("hunter2"), credentials.all());
    }

    @Test
    void whereItCannotBeWrittenIsSaid() {
        file = directory.resolve("missing/new.yaml");
        assertRefused(init("--release", "store", "--url", "jdbc:postgresql://pg/store"), "cannot be written");
    }
}
