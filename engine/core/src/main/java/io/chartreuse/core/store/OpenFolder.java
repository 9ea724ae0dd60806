package io.chartreuse.core.store;

import io.chartreuse.spi.text.BoundedFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A folder of the file backend while something is done in it. Its files are found through the open folder and not by their path, and
 * no link among them is followed: what is put in the place of a file or folder meanwhile changes nothing. Where the system cannot open
 * files of an open folder (Windows), that holds for the files alone.
 */
final class OpenFolder implements Closeable {

    /** What is older was left by a process that was killed. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final Path path;
    private final DirectoryStream<Path> stream;

    private OpenFolder(Path path, DirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
    }

    /**
     * Opens it.
     *
     * @param home   may lie behind links, and is not itself one
     * @param folder this, or one below it; no folder on the way there is a link
     * @throws NoSuchFileException where it does not exist
     */
    static OpenFolder open(Path home, Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath();
        Path above = home.toAbsolutePath().getParent();
        OpenFolder open = new OpenFolder(above, Files.newDirectoryStream(above));
        for (Path name : absolute.subpath(above.getNameCount(), absolute.getNameCount())) {
            try (OpenFolder outer = open) {
                open = outer.folder(name);
            }
        }
        return open;
    }

    private OpenFolder folder(Path name) throws IOException {
        Path below = path.resolve(name);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new OpenFolder(below, secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
        }
        if (Files.isSymbolicLink(below)) {
            throw new FileSystemException(below.toString(), null, "it is a link");
        }
        return new OpenFolder(below, Files.newDirectoryStream(below));
    }

    /** The content of a file. @throws BoundedFile.TooLarge where there is more of it */
    byte[] read(Path name, int largest) throws IOException {
        if (!attributes(name).isRegularFile()) {
            throw new FileSystemException(path.resolve(name).toString(), null, "it is not a plain file");
        }
        try (InputStream in = Channels.newInputStream(open(name, StandardOpenOption.READ))) {
            return BoundedFile.read(in, largest);
        }
    }

    /** Of the file or link itself. */
    BasicFileAttributes attributes(Path name) throws IOException {
        return view(name, BasicFileAttributeView.class).readAttributes();
    }

    /** The names of what is in it. */
    List<Path> names() throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = entries()) {
            entries.forEach(entry -> names.add(entry.getFileName()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** An open folder can be gone through once, so this is another one of the same. */
    private DirectoryStream<Path> entries() throws IOException {
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.newDirectoryStream(Path.of("."))
                : Files.newDirectoryStream(path);
    }

    /**
     * Writes a file atomically, readable by its owner only: to a temporary file beside it, synced, then renamed. An
     * existing file keeps its owner.
     */
    void replace(Path name, String text) throws IOException {
        Path beside = Path.of(prefix(name) + UUID.randomUUID() + ".tmp");
        deleteOnExit(beside);
        try {
            try (SeekableByteChannel channel =
                    channel(beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                write(channel, text);
            }
            keepOwner(name, beside);
            removeAbandoned(name, beside);
            move(beside, name);
        } finally {
            deleteIfThere(beside);
        }
    }

    /** Deleted with the process, too, where a signal ends that meanwhile. */
    private void deleteOnExit(Path name) {
        try {
            path.resolve(name).toFile().deleteOnExit();
        } catch (IllegalStateException ending) {
            // the virtual machine ends already: the next who writes the file clears away
        }
    }

    /** Writes a text of much the same length over that of a small file, in one write that takes no more room. */
    void renew(Path name, String text) throws IOException {
        int missing = Math.toIntExact(Math.max(0, attributes(name).size() - text.length()));
        try (SeekableByteChannel channel = open(name, StandardOpenOption.WRITE)) {
            write(channel, text + " ".repeat(missing));
        }
    }

    /** A file to be locked; created where it does not exist. */
    FileChannel lockable(Path name) throws IOException {
        SeekableByteChannel channel = open(name, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new FileSystemException(path.resolve(name).toString(), null, "this file system knows no locks");
    }

    /** Does nothing where there is no such file. */
    void deleteIfThere(Path name) throws IOException {
        try {
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                secure.deleteFile(name);
            } else {
                Files.delete(path.resolve(name));
            }
        } catch (NoSuchFileException absent) {
            // done
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void keepOwner(Path name, Path beside) throws IOException {
        PosixFileAttributeView was = view(name, PosixFileAttributeView.class);
        if (was == null) {
            return;
        }
        try {
            PosixFileAttributes attributes = was.readAttributes();
            if (attributes.isRegularFile()) {
                view(beside, PosixFileAttributeView.class).setOwner(attributes.owner());
            }
        } catch (NoSuchFileException absent) {
            // it is new
        } catch (IOException notAllowed) {
            // only root gives files away
        }
    }

    private void removeAbandoned(Path name, Path beside) throws IOException {
        Pattern ours = Pattern.compile(Pattern.quote(prefix(name)) + UUID_FORM + "\\.tmp");
        Instant made = attributes(beside).lastModifiedTime().toInstant();
        try {
            for (Path left : names()) {
                if (ours.matcher(left.toString()).matches()
                        && attributes(left)
                                .lastModifiedTime()
                                .toInstant()
                                .plus(ABANDONED)
                                .isBefore(made)) {
                    deleteIfThere(left);
                }
            }
        } catch (IOException unreadable) {
            // a folder that may be written and not be read
        }
    }

    private static String prefix(Path name) {
        return "." + name + ".";
    }

    private static void write(SeekableByteChannel channel, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        if (channel instanceof FileChannel file) {
            file.force(true);
        }
    }

    private SeekableByteChannel open(Path name, StandardOpenOption... how) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(how));
        options.add(LinkOption.NOFOLLOW_LINKS);
        return channel(name, options);
    }

    private SeekableByteChannel channel(Path name, Set<? extends OpenOption> options) throws IOException {
        FileAttribute<?>[] attributes = options.contains(StandardOpenOption.READ)
                ? new FileAttribute<?>[0]
                : OwnerOnlyPermissions.file(path.resolve(name));
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.newByteChannel(name, options, attributes)
                : Files.newByteChannel(path.resolve(name), options, attributes);
    }

    private <V extends FileAttributeView> V view(Path name, Class<V> type) {
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(name, type, LinkOption.NOFOLLOW_LINKS)
                : Files.getFileAttributeView(path.resolve(name), type, LinkOption.NOFOLLOW_LINKS);
    }

    private void move(Path from, Path to) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            secure.move(from, secure, to);
        } else {
            Files.move(
                    path.resolve(from),
                    path.resolve(to),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
