package io.chartreuse.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Permissions of what the file backend makes: plans hold SQL, and runs what servers said. */
final class OwnerOnlyPermissions {

    private OwnerOnlyPermissions() {}

    static FileAttribute<?>[] file(Path file) {
        return of(file, "rw-------");
    }

    /** Makes a folder, and those above it that are missing. */
    static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, of(folder, "rwx------"));
        }
    }

    /** None where the file system knows no such permissions. */
    private static FileAttribute<?>[] of(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
