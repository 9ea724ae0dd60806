package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.chartreuse.spi.model.Diagnostic;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusual objects in the place of files and directories. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnusualFilesTest {

    private final TestDatabase database = new TestDatabase().tables(1);
    private final Path migrations = database.directory.resolve("migrations");

    @Test
    void aPipeIsNotReadFrom() throws Exception {
        pipe(migrations.resolve("V2__pipe.sql"));
        assertUnreadable("V2__pipe.sql", "is a pipe, a socket or a device");
    }

    @Test
    void aPipeThatHoldsAMigrationsOptionsIsNotReadFrom() throws Exception {
        pipe(migrations.resolve("V1__table_1.sql.conf"));
        assertUnreadable("V1__table_1.sql.conf", "is a pipe, a socket or a device");
    }

    @Test
    void aPipeThatIsNoMigrationIsPassedOver() throws Exception {
        pipe(migrations.resolve("notes.sql"));
        pipe(migrations.resolve("control"));
        Findings.only("postgres.invalid-file-name", database.refresh().findings());
    }

    @Test
    void aSocketIsNotReadFrom() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(migrations.resolve("V2__socket.sql")));
            assertUnreadable("V2__socket.sql", "is a pipe, a socket or a device");
        }
    }

    @Test
    void aLinkToADeviceIsNotReadFrom() throws IOException {
        link("V2__zero.sql", Path.of("/dev/zero"));
        assertUnreadable("V2__zero.sql", "is a pipe, a socket or a device");
    }

    @Test
    void aNameThatIsNotTextIsRefused() throws Exception {
        String make = "touch \"$0/$(printf 'V2__gr\\366\\337e.sql')\"";
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", make, migrations.toString())
                        .start()
                        .waitFor());
        assertUnreadable("V2__gr", "has a name that is not text");
    }

    @Test
    void aLinkThatLeadsNowhereIsNamed() throws IOException {
        link("V2__gone.sql", Path.of("gone.sql"));
        assertUnreadable("V2__gone.sql", "is a link to something that does not exist");
    }

    @Test
    void linksThatLeadToEachOtherAreNamed() throws IOException {
        link("V2__a.sql", Path.of("V3__b.sql"));
        link("V3__b.sql", Path.of("V2__a.sql"));
        String summary = assertUnreadable("V2__a.sql", "is a link that leads back to itself");
        assertTrue(summary.contains("The same is true of V3__b.sql."), summary);
    }

    @Test
    void aLinkToADirectoryAboveIsNamed() throws IOException {
        Files.createDirectories(migrations.resolve("sub"));
        link("sub/up", Path.of(".."));
        Diagnostic finding = found("postgres.missing-location");
        assertTrue(finding.summary().contains("sub/up"), finding.summary());
        assertTrue(finding.summary().contains("leads back to a directory above it"), finding.summary());
    }

    @Test
    void linksThatMultiplyEachOtherComeToAnEnd() throws IOException {
        for (int level = 0; level < 30; level++) {
            Path folder = Files.createDirectories(database.directory.resolve("level" + level));
            for (String name : List.of("a", "b")) {
                Files.createSymbolicLink(folder.resolve(name), database.directory.resolve("level" + (level + 1)));
            }
        }
        Files.createDirectories(database.directory.resolve("level30"));
        link("levels", database.directory.resolve("level0"));
        Diagnostic finding = found("postgres.missing-location");
        assertTrue(finding.summary().contains("leads through more than 1000 links"), finding.summary());
    }

    @Test
    void aFileThatIsFoundByTwoWaysIsSaidToBeOne() throws IOException {
        link("V01__again.sql", migrations.resolve("V1__table_1.sql"));
        Diagnostic finding = found("postgres.duplicate-migration");
        assertTrue(finding.remedy().contains("They are one file"), finding.remedy());
    }

    @Test
    void aDirectoryWithAMigrationsNameIsGoneThrough() {
        database.script("V9__folder.sql/V2__inside.sql", "CREATE TABLE inside (id int);");
        assertEquals(List.of(), database.refresh().findings());
        database.apply();
        assertEquals("V9__folder.sql/V2__inside.sql", script("2"));
    }

    @Test
    void aLocationInsideOfAnotherIsGoneThroughOnce() {
        database.script("sub/V2__b.sql", "CREATE TABLE b (id int);");
        ((ArrayNode) database.migrations().get("locations"))
                .insert(0, migrations.resolve("sub").toString())
                .add(migrations.toString());
        database.apply();
        assertEquals("sub/V2__b.sql", script("2"));
    }

    @Test
    void anEndingInCapitalsIsAMigrationsAsFlywayHasIt() {
        database.script("V2__b.SQL", "CREATE TABLE b (id int);");
        database.apply();
        assertEquals("V2__b.SQL", script("2"));
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws IOException {
        Path file = migrations.resolve("V1__table_1.sql");
        Files.setPosixFilePermissions(file, Set.of());
        assumeTrue(!Files.isReadable(file), "root reads everything");
        assertUnreadable("V1__table_1.sql", "permission denied");
    }

    @Test
    void aLocationThatIsAPipeOrALinkToNothingIsNamed() throws Exception {
        Path pipe = database.directory.resolve("pipe");
        pipe(pipe);
        Path link = Files.createSymbolicLink(database.directory.resolve("link"), Path.of("nothing"));
        database.migrations().putArray("locations").add(pipe.toString()).add(link.toString());
        List<String> summaries =
                database.refresh().findings().stream().map(Diagnostic::summary).toList();
        assertTrue(summaries.get(0).contains("pipe of database main is not a directory"), summaries.toString());
        assertTrue(summaries.get(1).contains("is a link to something that does not exist"), summaries.toString());
    }

    @Test
    void aJarThatIsAPipeIsNotOpened() throws Exception {
        Path pipe = database.directory.resolve("migrations.jar");
        pipe(pipe);
        database.migrations().putArray("jars").add(pipe.toString());
        assertTrue(found("postgres.missing-location").summary().contains("is not a file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslrootcert", "sslcert", "sslkey"})
    void aPipeThatTheDriverWouldReadIsRefused(String parameter) throws Exception {
        Path pipe = database.directory.resolve("pipe.pem");
        pipe(pipe);
        database.settings.put("url", database.settings.get("url").asText() + "?" + parameter + "=pipe.pem");

        Diagnostic problem = Findings.thrown("postgres.invalid-url", database::refresh);

        assertTrue(problem.summary().contains(pipe + ", which is a pipe"), problem.summary());
    }

    private String script(String version) {
        return database.query("SELECT script FROM flyway_schema_history WHERE version = '" + version + "'");
    }

    private void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(migrations.resolve(name), target);
    }

    private static void pipe(Path path) throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
    }

    private String assertUnreadable(String file, String reason) {
        String summary = found("postgres.unreadable-migration").summary();
        assertTrue(summary.contains(file) && summary.contains(reason), summary);
        return summary;
    }

    private Diagnostic found(String code) {
        return Findings.only(code, database.refresh().findings());
    }
}
