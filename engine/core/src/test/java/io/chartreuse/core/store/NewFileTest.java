package io.chartreuse.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.ErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class NewFileTest {

    @TempDir
    Path directory;

    private static int run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words).start().waitFor();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private ChartreuseException refused(Path file) {
        return assertThrows(ChartreuseException.class, () -> NewFile.write(file, "new"));
    }

    @Test
    void aLinkStaysAndItsTargetIsReplaced() throws IOException {
        Path target = Files.createDirectory(directory.resolve("else")).resolve("target");
        Files.writeString(target, "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("else/target"));
        NewFile.write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(target));
    }

    @Test
    void aLinkThatLeadsNowhereYetLeadsToTheFileThen() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));
        NewFile.write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(directory.resolve("target")));
    }

    @Test
    void aLinkIntoADirectoryThatIsNotThereIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("absent/target"));
        assertEquals(StoreError.UNWRITABLE, refused(link).diagnostics().get(0).code());
        assertEquals(List.of("link"), names());
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("one"), Path.of("other"));
        Files.createSymbolicLink(directory.resolve("other"), Path.of("one"));
        assertTrue(refused(directory.resolve("one")).getMessage().contains("circle"));
    }

    @Test
    void aDirectoryIsRefused() throws IOException {
        assertTrue(refused(directory).getMessage().contains("it is a directory"));
        assertEquals(List.of(), names());
    }

    @Test
    void theReaderOfAPipeGetsTheTextAndThePipeStays() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, run("mkfifo", pipe.toString()));
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        NewFile.write(pipe, "through the pipe");
        assertEquals("through the pipe", new String(reader.getInputStream().readAllBytes(), "UTF-8"));
        assertFalse(Files.isRegularFile(pipe, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aDeviceStaysADevice() throws IOException, InterruptedException {
        Path device = directory.resolve("null");
        assumeTrue(run("mknod", "-m", "666", device.toString(), "c", "1", "3") == 0, "only root makes devices");
        NewFile.write(device, "into the void");
        assertFalse(Files.isRegularFile(device));
        assertEquals(List.of("null"), names());
    }

    @Test
    void aDeviceThatIsFullIsNoMistakeOfTheUser() {
        ChartreuseException full = refused(Path.of("/dev/full"));
        assertEquals(ErrorType.EXTERNAL, full.type());
        assertTrue(full.getMessage().contains("No space left on device"), full.getMessage());
        assertFalse(Files.isRegularFile(Path.of("/dev/full")));
    }

    /** A limit on the size of files stands for a full disk: it needs no rights. */
    @Test
    void whatDoesNotFitLeavesNothingBehindAndTheOldFileAsItWas() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("plan.json"), "old");
        assertEquals(3, writtenInLittleRoom(file, 3_000_000), "should fail as StoreError.WRITE_FAILED");
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("plan.json"), names());
        assertEquals(0, writtenInLittleRoom(file, 100));
    }

    private static int writtenInLittleRoom(Path file, int length) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f 1024; exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LittleRoom.class.getName(),
                        file.toString(),
                        String.valueOf(length))
                .inheritIO()
                .start();
        return process.waitFor();
    }

    /** A process of its own that writes so many letters. */
    static final class LittleRoom {
        private LittleRoom() {}

        public static void main(String[] arguments) {
            try {
                NewFile.write(Path.of(arguments[0]), "x".repeat(Integer.parseInt(arguments[1])));
            } catch (ChartreuseException e) {
                System.exit(e.diagnostics().get(0).code() == StoreError.WRITE_FAILED ? 3 : 4);
            }
        }
    }

    @Test
    void permissionsOfAFileThatIsThereAreKept() throws IOException {
        Path file = Files.writeString(directory.resolve("plan.json"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        NewFile.write(file, "new");
        assertEquals("new", Files.readString(file));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void theOtherNamesOfAFileShowTheNewText() throws IOException {
        Path file = Files.writeString(directory.resolve("plan.json"), "an old and longer text");
        Path other = Files.createLink(directory.resolve("other.json"), file);
        NewFile.write(file, "new");
        assertEquals("new", Files.readString(other));
        assertEquals(List.of("other.json", "plan.json"), names());
    }

    @Test
    void whatAKilledProcessLeftLongAgoIsClearedAway() throws IOException {
        Path old = Files.writeString(directory.resolve(".plan.json." + UUID.randomUUID() + ".tmp"), "half a pl");
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        Path young = Files.writeString(directory.resolve(".plan.json." + UUID.randomUUID() + ".tmp"), "half a pl");
        Path foreign = Files.writeString(directory.resolve(".plan.json.mine.tmp"), "mine");
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));
        NewFile.write(directory.resolve("plan.json"), "new");
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young));
        assertTrue(Files.exists(foreign));
    }
}
