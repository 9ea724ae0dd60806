package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.text.BoundedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
final class BoundedFileTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        return pipe;
    }

    @Test
    void aPipeThatNobodyWritesToIsGivenUpSoon() throws IOException, InterruptedException {
        Path pipe = pipe();
        FileSystemException late = assertTimeoutPreemptively(
                SOON, () -> assertThrows(FileSystemException.class, () -> BoundedFile.read(pipe, 100, SHORT)));
        assertTrue(late.getReason().startsWith("it is a pipe or a device"), late.getReason());
    }

    @Test
    void aPipeThatSomebodyWritesToIsReadToItsEnd() throws IOException, InterruptedException {
        Path pipe = pipe();
        Process writer = new ProcessBuilder("sh", "-c", "printf 'through the pipe' > '" + pipe + "'").start();
        byte[] read = BoundedFile.read(pipe, 100, SOON);
        assertArrayEquals("through the pipe".getBytes(StandardCharsets.UTF_8), read);
        assertEquals(0, writer.waitFor());
    }

    @Test
    void aDeviceWithoutAnEndIsTooLarge() {
        assertThrows(BoundedFile.TooLarge.class, () -> BoundedFile.read(Path.of("/dev/zero"), 2048, SOON));
    }

    @Test
    void linksInACircleAreAnError() throws IOException {
        Path one = directory.resolve("one");
        Files.createSymbolicLink(one, directory.resolve("other"));
        Files.createSymbolicLink(directory.resolve("other"), one);
        assertThrows(IOException.class, () -> BoundedFile.read(one, 100));
    }

    @Test
    void aDirectoryIsSaidToBeOne() {
        FileSystemException refused = assertThrows(FileSystemException.class, () -> BoundedFile.read(directory, 100));
        assertEquals("it is a directory", refused.getReason());
    }
}
