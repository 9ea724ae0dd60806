package io.chartreuse.core.store;

import io.chartreuse.spi.model.ChartreuseException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** Files that a command was asked to write. */
public final class NewFile {

    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    /** Opened anew, a file behind them would be written from its start, below what the process prints. */
    private static final Map<Path, FileDescriptor> STANDARD = Map.of(
            Path.of("/dev/stdout"), FileDescriptor.out,
            Path.of("/dev/fd/1"), FileDescriptor.out,
            Path.of("/proc/self/fd/1"), FileDescriptor.out,
            Path.of("/dev/stderr"), FileDescriptor.err,
            Path.of("/dev/fd/2"), FileDescriptor.err,
            Path.of("/proc/self/fd/2"), FileDescriptor.err);

    private NewFile() {}

    /**
     * Writes the text: a file whole or not at all, a device or a pipe as it is. Behind a symbolic link its target is
     * written, and the link stays; so do the other names (hard links) of a file. Directories are not made.
     *
     * @throws ChartreuseException where the file cannot be written
     */
    public static void write(Path file, String text) {
        try {
            Optional<OutputStream> stream = stream(file);
            if (stream.isPresent()) {
                try (OutputStream out = stream.get()) {
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                }
            } else {
                write(text, place(file));
            }
        } catch (IOException e) {
            throw SharedDirectory.unwritable(file, e);
        }
    }

    /** What is no file is written into: a device would be lost by a rename, the reader of a pipe would get nothing. */
    private static Optional<OutputStream> stream(Path file) throws IOException {
        FileDescriptor standard = STANDARD.get(file.toAbsolutePath().normalize());
        if (standard != null) {
            return Optional.of(new Unclosed(new FileOutputStream(standard)));
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a directory");
        }
        return Files.exists(file) && !Files.isRegularFile(file)
                ? Optional.of(Files.newOutputStream(file, StandardOpenOption.WRITE))
                : Optional.empty();
    }

    private static void write(String text, Path place) throws IOException {
        if (hasOtherNames(place)) {
            WholeFile.overwrite(place, text);
        } else {
            WholeFile.replace(place, text);
        }
    }

    /** Hard links, which a rename would part. */
    private static boolean hasOtherNames(Path place) throws IOException {
        return Files.exists(place)
                && place.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ((Integer) Files.getAttribute(place, "unix:nlink")) > 1;
    }

    /** Where the file is, or will be, behind all links. */
    private static Path place(Path file) throws IOException {
        Path place = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemException(file.toString(), null, "its symbolic links lead in a circle");
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        if (place.getFileName() == null || !Files.isDirectory(place.getParent())) {
            throw new NoSuchFileException(file.toString());
        }
        return place;
    }

    /** A standard stream goes on after this. */
    private static final class Unclosed extends OutputStream {

        private final OutputStream stream;

        Unclosed(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int one) throws IOException {
            stream.write(one);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }
    }
}
