package io.chartreuse.core.store;

import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A directory that several processes write: each file is replaced whole, and what reads before it writes does so under a
 * file lock.
 */
final class SharedDirectory {

    /** A file lock keeps processes apart, not threads; this does. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private static final List<String> FAILURES = List.of(
            "No space left",
            "File too large",
            "quota exceeded",
            "Read-only file system",
            "Input/output error",
            "Too many open files");

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
            Path lock = home.resolve(".lock");
            requireNoLink(lock);
            OwnerOnlyPermissions.createFolder(home);
            try (OpenFolder folder = OpenFolder.open(home, home);
                    FileChannel channel = folder.lockable(lock.getFileName())) {
                channel.lock(); // given back with the channel
                return work.run();
            }
        } catch (IOException e) {
            throw unwritable(home, e);
        } finally {
            THREADS.unlock();
        }
    }

    /**
     * A link in this directory could lead to any file that we may read or write, so none is followed. Here it is named before
     * anything is done; one that is put there later {@link OpenFolder} does not follow. The directory that the configuration
     * names may lie behind links.
     *
     * @throws ChartreuseException where the path, or a folder between it and this directory, is a link
     */
    void requireNoLink(Path path) {
        linkOnTheWayTo(path).ifPresent(link -> {
            throw new ChartreuseException(link);
        });
    }

    /** What is wrong where one is a link. */
    Optional<Diagnostic> linkOnTheWayTo(Path path) {
        for (Path place = path; place != null && place.startsWith(home); place = place.getParent()) {
            if (Files.isSymbolicLink(place)) {
                return Optional.of(
                        Diagnostic.error(
                                StoreError.FOREIGN,
                                place + " is a link, and is not followed",
                                "Move it away, and look at who made it; or name the directory behind it in backend.directory."));
            }
        }
        return Optional.empty();
    }

    boolean isTooLarge(Path file) {
        try (OpenFolder folder = OpenFolder.open(home, file.getParent())) {
            return folder.attributes(file.getFileName()).size() > BoundedText.LARGEST;
        } catch (IOException gone) {
            return false;
        }
    }

    Optional<String> read(Path file) {
        requireNoLink(file);
        try (OpenFolder folder = OpenFolder.open(home, file.getParent())) {
            return Optional.of(BoundedText.of(folder.read(file.getFileName(), BoundedText.LARGEST)));
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
        requireNoLink(file);
        try (OpenFolder folder = OpenFolder.open(home, file.getParent())) {
            folder.deleteIfThere(file.getFileName());
        } catch (NoSuchFileException absent) {
            // done
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Writes a file whole or not at all, in a folder that is made where it is missing. Called by who works exclusively. */
    void replace(Path file, String text) throws IOException {
        OwnerOnlyPermissions.createFolder(file.getParent());
        try (OpenFolder folder = OpenFolder.open(home, file.getParent())) {
            folder.replace(file.getFileName(), text);
        }
    }

    /** Writes over a file that is there, in the room that it has. */
    void renew(Path file, String text) throws IOException {
        try (OpenFolder folder = OpenFolder.open(home, file.getParent())) {
            folder.renew(file.getFileName(), text);
        }
    }

    List<Path> files(Path folder) {
        requireNoLink(folder);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (OpenFolder open = OpenFolder.open(home, folder)) {
            return open.names().stream()
                    .filter(name -> name.toString().endsWith(".json"))
                    .sorted()
                    .map(folder::resolve)
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

    static ChartreuseException unwritable(Path path, IOException e) {
        String summary = path + " cannot be written: " + reason(e);
        return new ChartreuseException(
                failed(e)
                        ? Diagnostic.error(
                                StoreError.WRITE_FAILED,
                                summary,
                                "See how the file system stands (df -h, df -i, quota, the kernel's log), make room, then run"
                                        + " the command again.")
                        : Diagnostic.error(
                                StoreError.UNWRITABLE,
                                summary,
                                "Name a place that exists and that the user who runs Chartreuse may write."),
                e);
    }

    /** Whether it is the file system that fails, not the name or the rights. */
    private static boolean failed(IOException e) {
        return !(e instanceof FileSystemException file)
                || FAILURES.stream().anyMatch(String.valueOf(file.getReason())::contains);
    }

    /** Java's file exceptions say the path as their message, and why only by their type. */
    static String reason(IOException e) {
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        if (!(e instanceof FileSystemException file)) {
            return String.valueOf(e.getMessage());
        }
        String type = e.getClass().getSimpleName().replace("Exception", "");
        String words = type.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return file.getReason() == null ? words : file.getReason();
    }
}
