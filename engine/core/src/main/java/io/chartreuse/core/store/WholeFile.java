package io.chartreuse.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Writes a file atomically: to a temporary file beside it, synced, then renamed. A reader sees the old or the new text,
 * also after a loss of power. The path is taken as it is: the caller resolves links before.
 */
final class WholeFile {

    /** What is older was left by a process that was killed. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private WholeFile() {}

    /** Replaces or makes the file; the permissions and, as far as allowed, the owner of one that is there are kept. */
    static void replace(Path file, String text) throws IOException {
        Path beside = beside(file);
        try {
            write(beside, text, StandardOpenOption.CREATE_NEW);
            keepAttributes(file, beside);
            removeAbandoned(file, beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Writes into a file that is there and keeps it, once the text was written beside it: there is room for it. */
    static void overwrite(Path file, String text) throws IOException {
        Path beside = beside(file);
        try {
            write(beside, text, StandardOpenOption.CREATE_NEW);
        } finally {
            Files.deleteIfExists(beside);
        }
        write(file, text, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** The temporary file beside it; also deleted if the process is asked to end meanwhile. */
    private static Path beside(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path beside = folder.resolve(prefix(file) + UUID.randomUUID() + ".tmp");
        try {
            beside.toFile().deleteOnExit();
        } catch (IllegalStateException ending) {
            // the virtual machine ends already: the next who writes the file clears away
        }
        return beside;
    }

    private static String prefix(Path file) {
        return "." + file.getFileName() + ".";
    }

    private static void write(Path file, String text, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(file, how, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void keepAttributes(Path file, Path beside) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        PosixFileAttributeView was = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        PosixFileAttributeView is = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
        if (was == null || is == null) {
            return;
        }
        PosixFileAttributes attributes = was.readAttributes();
        try {
            is.setGroup(attributes.group());
            is.setOwner(attributes.owner());
        } catch (IOException notAllowed) {
            // only root gives files away
        }
        is.setPermissions(attributes.permissions());
    }

    private static void removeAbandoned(Path file, Path beside) throws IOException {
        Pattern ours = Pattern.compile(Pattern.quote(prefix(file)) + UUID_FORM + "\\.tmp");
        FileTime now = Files.getLastModifiedTime(beside);
        DirectoryStream.Filter<Path> left =
                path -> ours.matcher(path.getFileName().toString()).matches() && isAbandoned(path, now);
        try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(beside.getParent(), left)) {
            for (Path path : abandoned) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // a folder that may be written and not be read
        }
    }

    private static boolean isAbandoned(Path path, FileTime now) throws IOException {
        return Files.getLastModifiedTime(path).toInstant().plus(ABANDONED).isBefore(now.toInstant());
    }
}
