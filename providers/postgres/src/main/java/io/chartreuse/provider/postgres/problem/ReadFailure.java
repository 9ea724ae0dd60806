package io.chartreuse.provider.postgres.problem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Explains why a file or directory of the user's cannot be read, in text that follows its name. */
public final class ReadFailure {

    private ReadFailure() {}

    /** {@code cannot be read: permission denied}. */
    public static String reason(IOException failure) {
        if (failure instanceof FileSystemLoopException) {
            return "is a link that leads back to a directory above it";
        }
        if (failure instanceof NoSuchFileException) {
            return "cannot be read: it is not there";
        }
        if (failure instanceof AccessDeniedException) {
            return "cannot be read: permission denied";
        }
        String system = failure instanceof FileSystemException of ? of.getReason() : failure.getMessage();
        return "cannot be read: " + (system == null ? failure.getClass().getSimpleName() : system);
    }

    /** Why a link leads nowhere. Resolves links only here. */
    public static String brokenLink(Path link) {
        try {
            link.toRealPath();
            return "cannot be read: it was changed meanwhile";
        } catch (NoSuchFileException e) {
            return "is a link to something that does not exist";
        } catch (AccessDeniedException e) {
            return reason(e);
        } catch (IOException e) {
            return "is a link that leads back to itself";
        }
    }

    /** Why the object in the place of a file cannot be used; reading a pipe would wait for ever. */
    public static String notAFile(Path path, BasicFileAttributes found) {
        if (found.isSymbolicLink()) {
            return brokenLink(path);
        }
        return found.isDirectory() ? "is a directory" : "is a pipe, a socket or a device, and not a file";
    }

    /**
     * Checks that the path is a regular file.
     *
     * @throws IOException whose {@link #reason} says why it cannot be read
     */
    public static void requireFile(Path path) throws IOException {
        if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
            throw new FileSystemException(path.toString(), null, "it is a pipe, a socket or a device, and not a file");
        }
    }

    /** Whether the name is text in the encoding of this process; otherwise it can be neither shown nor recorded. */
    public static boolean hasReadableName(Path path) {
        try {
            return path.getFileSystem().getPath(path.toString()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
