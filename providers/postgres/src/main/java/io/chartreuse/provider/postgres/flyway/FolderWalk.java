package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.problem.ReadFailure;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Walks through one location as Flyway does: follows links, leaves out hidden directories (a mounted ConfigMap has its
 * files in one of them as well), and includes hidden files. Opens no file. Reports what Flyway would ignore silently or
 * wait for without end, because a migration would be lost.
 */
final class FolderWalk {

    /** More than any project has; links to directories that hold such links multiply without end. */
    private static final int LINKS = 1_000;

    /** The beginning of the reason where a name cannot be read. */
    static final String UNREADABLE_NAME = "has a name that is not text";

    private final Path location;
    private final MigrationNames names;
    private final SortedSet<Path> files = new TreeSet<>();
    private final List<Path> strays = new ArrayList<>();
    private final SortedMap<String, List<Path>> folderFaults = new TreeMap<>();
    private final SortedMap<String, List<Path>> fileFaults = new TreeMap<>();
    private int links;

    private FolderWalk(Path location, MigrationNames names) {
        this.location = location;
        this.names = names;
    }

    /**
     * The files and problems of a location.
     *
     * @param files        migrations, callbacks, undo files and {@code .conf} files, in the order of their names
     * @param strays       files that do not run, although they are SQL, programs, or named almost like a migration
     * @param folderFaults directories that cannot be read, by the reason
     * @param fileFaults   migrations that cannot be read, by the reason
     */
    record Found(
            SortedSet<Path> files,
            List<Path> strays,
            SortedMap<String, List<Path>> folderFaults,
            SortedMap<String, List<Path>> fileFaults) {

        /** Adds a file that turned out not to be readable when it was read. */
        void unreadable(Path file, IOException failure) {
            fault(fileFaults, ReadFailure.reason(failure), file);
        }
    }

    /** @throws IOException where the location itself cannot be read */
    static Found through(Path location, MigrationNames names) throws IOException {
        FolderWalk walk = new FolderWalk(location, names);
        Files.walkFileTree(location, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk.new Visitor());
        walk.strays.sort(null);
        walk.folderFaults.values().forEach(paths -> paths.sort(null));
        walk.fileFaults.values().forEach(paths -> paths.sort(null));
        return new Found(walk.files, walk.strays, walk.folderFaults, walk.fileFaults);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden =
                    !folder.equals(location) && folder.getFileName().toString().startsWith(".");
            if (hidden || !Files.isSymbolicLink(folder) || ++links <= LINKS) {
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }
            fault(folderFaults, "leads through more than " + LINKS + " links to directories", location);
            return FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (names.isUsed(name)
                    || names.isConfiguration(name)
                    || names.undo(name).isPresent()) {
                used(file, attributes);
            } else if (names.isSql(name)
                    || names.isProgram(name)
                    || names.meant(name).isPresent()) {
                strays.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        /** Records a directory that cannot be read, or a link that leads back to one above it. */
        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
            if (path.equals(location)) {
                throw failure;
            }
            if (!path.getFileName().toString().startsWith(".")) {
                fault(folderFaults, ReadFailure.reason(failure), path);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) {
            if (failure != null) {
                fault(folderFaults, ReadFailure.reason(failure), folder);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private void used(Path file, BasicFileAttributes attributes) {
        if (!ReadFailure.hasReadableName(file)) {
            String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
            fault(fileFaults, UNREADABLE_NAME + " in " + encoding + ", the encoding of this process", file);
        } else if (attributes.isRegularFile()) {
            files.add(file);
        } else {
            fault(fileFaults, ReadFailure.notAFile(file, attributes), file);
        }
    }

    private static void fault(SortedMap<String, List<Path>> faults, String reason, Path path) {
        faults.computeIfAbsent(reason, r -> new ArrayList<>()).add(path);
    }
}
