package io.chartreuse.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ArtifactFolderTest {

    private static final Artifact RUN =
            new Artifact("20261122t070000z-abcdef", "shop", "1.4", Instant.parse("2026-11-22T07:00:00Z"), "{}", "");

    @TempDir
    Path directory;

    private ArtifactFolder folder() {
        return new ArtifactFolder(new SharedDirectory(directory.resolve("new/shop")), "runs");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void whatIsWrittenIsForItsOwnerOnly() throws Exception {
        ArtifactFolder folder = folder();
        Artifact written = folder.write(RUN);
        folder.write(new Artifact(RUN.id(), "shop", "1.4", RUN.createdAt(), "{\"again\": true}", written.version()));

        assertEquals("rw-------", permissions(folder.file(RUN.id())));
        assertEquals("rwx------", permissions(directory.resolve("new/shop")));
        assertEquals("rwx------", permissions(directory.resolve("new/shop/runs")));
    }

    @Test
    void oneThatMemoryDoesNotHoldKeepsNoOtherFromBeingRead() throws Exception {
        ArtifactFolder folder = folder();
        folder.write(RUN);
        Path bomb = folder.file("20261122t080000z-abcdef");
        try (RandomAccessFile sparse = new RandomAccessFile(bomb.toFile(), "rw")) {
            sparse.setLength(BoundedText.LARGEST + 1L);
        }

        assertEquals(List.of(RUN.id()), folder.list().stream().map(Artifact::id).toList());
        assertTrue(folder.unsound().get(0).summary().contains(bomb + " has more than"), folder.unsound()::toString);
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        ArtifactFolder folder = folder();
        folder.write(RUN);
        Path elsewhere = Files.move(folder.file(RUN.id()), directory.resolve("elsewhere.json"));
        Files.createSymbolicLink(folder.file(RUN.id()), elsewhere);

        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> folder.find(RUN.id()));
        assertTrue(refused.getMessage().contains("is a link"), refused.getMessage());
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void refusesLink(Path link, Work work) {
        ChartreuseException refused = assertThrows(ChartreuseException.class, work::run);
        assertTrue(refused.getMessage().contains(link + " is a link"), refused.getMessage());
    }

    private Path moved(Path place) throws IOException {
        Path elsewhere = Files.move(place, directory.resolve("elsewhere"));
        return Files.createSymbolicLink(place, elsewhere);
    }

    private List<String> elsewhere() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("elsewhere"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFolderThatIsALinkIsNeitherReadNorWrittenNorCleared() throws Exception {
        ArtifactFolder folder = folder();
        folder.write(RUN);
        Path link = moved(directory.resolve("new/shop/runs"));
        List<String> before = elsewhere();
        Artifact other = new Artifact("20261122t090000z-fedcba", "shop", "1.4", RUN.createdAt(), "{}", "");

        refusesLink(link, () -> folder.write(other));
        refusesLink(link, () -> folder.find(RUN.id()));
        refusesLink(link, folder::list);
        refusesLink(link, folder::plans);
        refusesLink(link, folder::unsound);
        refusesLink(link, () -> folder.delete(RUN.id()));
        assertEquals(before, elsewhere());
    }

    @Test
    void aLinkToNowhereInTheFoldersPlaceMakesNothingThere() throws Exception {
        Path home = Files.createDirectories(directory.resolve("new/shop"));
        Path link = Files.createSymbolicLink(home.resolve("runs"), directory.resolve("elsewhere"));

        refusesLink(link, () -> folder().write(RUN));
        refusesLink(link, folder()::list);
        assertFalse(Files.exists(directory.resolve("elsewhere")));
    }

    @Test
    void theReleasesFolderIsNotReadBehindALink() throws Exception {
        folder().write(RUN);
        Path link = moved(directory.resolve("new/shop"));

        refusesLink(link, folder()::list);
        refusesLink(link, () -> folder().find(RUN.id()));
        refusesLink(link, () -> folder().delete(RUN.id()));
        refusesLink(link, () -> new FileLease(new SharedDirectory(link)).read());
    }

    @Test
    void aLinkInPlaceOfTheLockFileMakesAndChangesNoFile() throws Exception {
        Path home = Files.createDirectories(directory.resolve("new/shop"));
        Path victim = directory.resolve("victim");
        Path link = Files.createSymbolicLink(home.resolve(".lock"), victim);

        refusesLink(link, () -> folder().write(RUN));
        assertFalse(Files.exists(victim));
    }

    @Test
    void theLockFileAndTheLeaseAreForTheirOwnerOnly() throws Exception {
        Path home = directory.resolve("new/shop");
        Instant now = Instant.parse("2026-11-22T07:00:00Z");
        new FileLease(new SharedDirectory(home)).write(new Lease("ada", now, now, Duration.ofSeconds(30), "", 0));

        assertEquals("rw-------", permissions(home.resolve(".lock")));
        assertEquals("rw-------", permissions(home.resolve("lease.json")));
    }

    /** Opened, then moved away, with a link to another user's folder in its place. */
    private OpenFolder openAndSwapped() throws Exception {
        ArtifactFolder folder = folder();
        folder.write(RUN);
        Path home = directory.resolve("new/shop");
        OpenFolder open = OpenFolder.open(home, home.resolve("runs"));
        Files.move(home.resolve("runs"), directory.resolve("moved"));
        Path theirs = Files.createDirectories(directory.resolve("theirs"));
        Files.writeString(theirs.resolve(folder.file(RUN.id()).getFileName()), "theirs");
        Files.createSymbolicLink(home.resolve("runs"), theirs);
        return open;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsPutInThePlaceOfAnOpenFolderIsNeitherReadNorWritten() throws Exception {
        Path name = folder().file(RUN.id()).getFileName();
        try (OpenFolder open = openAndSwapped()) {
            assertTrue(new String(open.read(name, 10_000), UTF_8).contains("20261122t070000z-abcdef"));
            open.replace(name, "ours");
            open.replace(Path.of("new.json"), "ours");
            open.renew(name, "renewed");
            open.lockable(Path.of(".lock")).close();
            open.deleteIfThere(name);
        }
        assertEquals("theirs", Files.readString(directory.resolve("theirs").resolve(name)));
        assertEquals(List.of(name.toString()), names(directory.resolve("theirs")));
        assertEquals(List.of(".lock", "new.json"), names(directory.resolve("moved")));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aLinkThatWasNotSeenIsNotFollowedEither() throws Exception {
        Path home = Files.createDirectories(directory.resolve("new/shop/runs")).getParent();
        Path victim = Files.writeString(directory.resolve("victim"), "theirs");
        Path link = Path.of("link.json");
        Files.createSymbolicLink(home.resolve("runs").resolve(link), victim);
        Files.createSymbolicLink(home.resolve("away"), Files.createDirectories(directory.resolve("away")));

        assertThrows(IOException.class, () -> OpenFolder.open(home, home.resolve("away")));
        try (OpenFolder open = OpenFolder.open(home, home.resolve("runs"))) {
            assertThrows(IOException.class, () -> open.read(link, 100));
            assertThrows(IOException.class, () -> open.renew(link, "ours"));
            assertThrows(IOException.class, () -> open.lockable(link));
            assertEquals(List.of(link), open.names());
        }
        try (OpenFolder open = OpenFolder.open(home, home.resolve("runs"))) {
            open.replace(link, "ours");
        }
        assertEquals("theirs", Files.readString(victim));
        assertEquals("ours", Files.readString(home.resolve("runs").resolve(link)));
    }

    @Test
    void aFileThatOthersCouldReadIsForItsOwnerOnlyOnceItIsWritten() throws Exception {
        ArtifactFolder folder = folder();
        Artifact written = folder.write(RUN);
        Files.setPosixFilePermissions(folder.file(RUN.id()), PosixFilePermissions.fromString("rw-rw-rw-"));
        folder.write(new Artifact(RUN.id(), "shop", "1.4", RUN.createdAt(), "{}", written.version()));
        assertEquals("rw-------", permissions(folder.file(RUN.id())));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aPipeInPlaceOfAnArtifactIsNotWaitedFor() throws Exception {
        ArtifactFolder folder = folder();
        folder.write(RUN);
        Files.delete(folder.file(RUN.id()));
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", folder.file(RUN.id()).toString())
                        .start()
                        .waitFor());
        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> folder.find(RUN.id()));
        assertTrue(refused.getMessage().contains("it is not a plain file"), refused.getMessage());
    }

    @Test
    void theBackendSaysThatALinkIsInTheWayBeforeARunBegins() throws Exception {
        Path home = Files.createDirectories(directory.resolve("shop"));
        Path link = Files.createSymbolicLink(home.resolve("approvals"), directory);

        Check check = new FileBackend(directory, "shop").examine().get(0);
        assertTrue(check.problem().orElseThrow().summary().contains(link + " is a link"), check.problem()::toString);
    }

    @Test
    void theDirectoryThatTheConfigurationNamesMayLieBehindALink() throws Exception {
        Path there = Files.createDirectories(directory.resolve("there"));
        Path named = Files.createSymbolicLink(directory.resolve("named"), there);

        new FileBackend(named, "shop").journal().write(RUN);
        assertEquals(1, new FileBackend(there, "shop").journal().list().size());
    }
}
