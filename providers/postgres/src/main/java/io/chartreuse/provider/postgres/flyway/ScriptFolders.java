package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.provider.postgres.settings.FlywayOptions;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Location;
import io.chartreuse.spi.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the files of a database's migrations, and says what is wrong with the places where they should be. */
final class ScriptFolders {

    private final DatabaseSettings database;
    private final FlywayOptions.Naming naming;
    private final List<Script> scripts = new ArrayList<>();
    private final List<Diagnostic> problems = new ArrayList<>();

    private ScriptFolders(DatabaseSettings database) {
        this.database = database;
        this.naming = database.migrations().options().naming();
    }

    /** Everything found, and everything wrong with it. */
    record Found(ScriptSet scripts, List<Script> sql, List<Diagnostic> problems) {}

    static Found search(DatabaseSettings database) {
        ScriptFolders folders = new ScriptFolders(database);
        database.migrations().locations().forEach(folders::search);
        MigrationJars.Found jars = MigrationJars.search(database);
        folders.problems.addAll(jars.problems());
        List<Script> sql = folders.scripts.stream()
                .filter(script -> folders.naming.isSql(script.getFilename()))
                .toList();
        return new Found(new ScriptSet(folders.scripts, jars.scripts()), sql, List.copyOf(folders.problems));
    }

    private void search(Path location) {
        if (!Files.isDirectory(location)) {
            String what = Files.exists(location) ? "is not a directory" : "does not exist";
            problems.add(missing(location, what));
            return;
        }
        try {
            Set<Path> files = files(location);
            for (Path file : files) {
                Path configuration = file.resolveSibling(file.getFileName() + ".conf");
                add(location, file, files.contains(configuration) ? Optional.of(configuration) : Optional.empty());
            }
        } catch (IOException e) {
            problems.add(missing(location, "cannot be read (" + e.getClass().getSimpleName() + ")"));
        }
    }

    private Diagnostic missing(Path location, String what) {
        return Diagnostic.error(
                        PostgresProblem.MISSING_LOCATION,
                        "The migrations directory " + location + " of database " + database.name() + " " + what + ".",
                        "Mend postgres.databases." + database.name() + ".migrations.locations, "
                                + "or see that the image holds that directory.")
                .about(database.address())
                .at(Location.of(location.toString()));
    }

    /** Hidden directories are left out, as Flyway does: a mounted ConfigMap has its files in one of them as well. */
    private Set<Path> files(Path location) throws IOException {
        Set<Path> files = new TreeSet<>();
        Files.walkFileTree(
                location, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                        boolean hidden = !folder.equals(location)
                                && folder.getFileName().toString().startsWith(".");
                        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        String name = file.getFileName().toString();
                        if (naming.isSql(name) || naming.isConfiguration(name)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    private void add(Path location, Path file, Optional<Path> configuration) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            ScriptOptions options =
                    configuration.isEmpty() ? ScriptOptions.NONE : ScriptOptions.read(configuration.get());
            Charset encoding =
                    options.encoding().orElse(database.migrations().options().encoding());
            String relativePath = location.relativize(file).toString().replace('\\', '/');
            decoded(file, bytes, encoding)
                    .ifPresent(text ->
                            scripts.add(new Script(file, relativePath, Sha256.of(bytes), encoding, options, text)));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(unreadable(file, "cannot be read: " + e.getMessage()));
        }
    }

    private Optional<String> decoded(Path file, byte[] bytes, Charset encoding) {
        try {
            return Optional.of(
                    encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            int line = UndecodableLine.find(bytes, encoding).orElse(1);
            problems.add(unreadable(file, "is not encoded in " + encoding + ", as line " + line + " shows")
                    .at(new Location(file.toString(), line, 0, "")));
            return Optional.empty();
        }
    }

    private Diagnostic unreadable(Path file, String what) {
        return Diagnostic.error(
                        PostgresProblem.UNREADABLE_MIGRATION,
                        "Migration " + file + " of database " + database.name() + " " + what + ".",
                        "Mend the file, or say its encoding in " + file.getFileName()
                                + ".conf (encoding=…), or that of all files in migrations.encoding.")
                .about(database.address())
                .at(Location.of(file.toString()));
    }
}
