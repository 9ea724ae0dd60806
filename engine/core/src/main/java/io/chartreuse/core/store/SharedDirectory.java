package io.chartreuse.core.store;

import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.VersionConflict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A directory that several processes write: each file is replaced whole (written beside, synced, renamed), and what
 * reads before it writes does so under a file lock.
 */
final class SharedDirectory {

    /** A file lock keeps processes apart, not threads; this does. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path home;

    SharedDirectory(Path home) {
        this.home = home;
    }

    Path resolve(String file) {
        return home.resolve(file);
    }

    /** What is done alone: no other process or thread is in such a piece of work in this directory. */
    interface Exclusive<T> {
        T run() throws IOException, VersionConflict;
    }

    <T> T exclusively(Exclusive<T> work) throws VersionConflict {
        THREADS.lock();
        try {
            Files.createDirectories(home);
            try (FileChannel channel =
                    FileChannel.open(home.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // given back with the channel
                return work.run();
            }
        } catch (IOException e) {
            throw unwritable(home, e);
        } finally {
            THREADS.unlock();
        }
    }

    Optional<String> read(Path file) {
        try {
            return Optional.of(BoundedText.read(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ChartreuseException(
                    Diagnostic.error(
                            StoreError.UNREADABLE,
                            file + " cannot be read: " + reason(e),
                            "Make it readable for the user that runs Chartreuse."),
                    e);
        }
    }

    /** Does nothing where there is no such file. */
    void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    List<Path> files(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ChartreuseException(
                    Diagnostic.error(
                            StoreError.UNREADABLE,
                            folder + " cannot be read: " + reason(e),
                            "Make it readable for the user that runs Chartreuse."),
                    e);
        }
    }

    /** Replaces a file; a reader, and a machine that loses power, see the old text or the new one. */
    static void replace(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    static ChartreuseException unwritable(Path path, IOException e) {
        return new ChartreuseException(
                Diagnostic.error(
                        StoreError.UNWRITABLE,
                        path + " cannot be written: " + reason(e),
                        "Name a place that exists and that the user who runs Chartreuse may write."),
                e);
    }

    /** Java's file exceptions say the path as their message, and why only by their type. */
    static String reason(IOException e) {
        if (e instanceof BoundedText.TooLarge) {
            return e.getMessage();
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        String type = e.getClass().getSimpleName().replace("Exception", "");
        String words = type.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : words;
    }
}
