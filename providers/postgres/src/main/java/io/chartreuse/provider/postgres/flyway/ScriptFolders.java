package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.problem.ReadFailure;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Location;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the files of a database's migrations, and says what is wrong with the places where they should be. */
final class ScriptFolders {

    private final DatabaseSettings database;
    private final MigrationNames names;
    private final FolderProblems told;
    private final List<Script> scripts = new ArrayList<>();
    private final List<Diagnostic> problems = new ArrayList<>();

    private ScriptFolders(DatabaseSettings database, MigrationNames names) {
        this.database = database;
        this.names = names;
        this.told = new FolderProblems(database, names);
    }

    /** Everything found, and everything wrong with it. */
    record Found(ScriptSet scripts, List<Script> sql, List<Diagnostic> problems) {}

    static Found search(DatabaseSettings database, MigrationNames names) {
        ScriptFolders folders = new ScriptFolders(database, names);
        outermost(database.migrations().locations()).forEach(folders::search);
        MigrationJars.Found jars = MigrationJars.search(database);
        folders.problems.addAll(jars.problems());
        List<Script> sql = folders.scripts.stream()
                .filter(script -> names.isSql(script.getFilename()))
                .toList();
        return new Found(new ScriptSet(folders.scripts, jars.scripts()), sql, List.copyOf(folders.problems));
    }

    /** A location inside of another one is left out, as Flyway does: its files are found with the other's. */
    private static List<Path> outermost(List<Path> locations) {
        return locations.stream()
                .distinct()
                .filter(location ->
                        locations.stream().noneMatch(other -> !other.equals(location) && location.startsWith(other)))
                .toList();
    }

    private void search(Path location) {
        if (!Files.isDirectory(location)) {
            problems.add(missing(location, noDirectory(location)));
            return;
        }
        try {
            FolderWalk.Found found = FolderWalk.through(location, names);
            for (Path file : found.files()) {
                Path configuration = file.resolveSibling(file.getFileName() + ".conf");
                boolean configured = found.files().contains(configuration);
                read(location, file, configured ? Optional.of(configuration) : Optional.empty(), found);
            }
            problems.addAll(told.of(location, found));
        } catch (IOException e) {
            problems.add(missing(location, ReadFailure.reason(e)));
        }
    }

    private static String noDirectory(Path location) {
        if (Files.exists(location)) {
            return "is not a directory";
        }
        return Files.isSymbolicLink(location) ? ReadFailure.brokenLink(location) : "does not exist";
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

    private void read(Path location, Path file, Optional<Path> configuration, FolderWalk.Found found) {
        try {
            add(location, file, configuration);
        } catch (IOException e) {
            found.unreadable(file, e);
        } catch (IllegalArgumentException e) {
            problems.add(unreadable(file, "cannot be read: unknown encoding " + e.getMessage()));
        }
    }

    private void add(Path location, Path file, Optional<Path> configuration) throws IOException {
        ReadFailure.requireFile(file);
        ScriptOptions options = configuration.isEmpty() ? ScriptOptions.NONE : ScriptOptions.read(configuration.get());
        Charset encoding =
                options.encoding().orElse(database.migrations().options().encoding());
        String relativePath = location.relativize(file).toString().replace('\\', '/');
        FileContent content = FileContent.read(file, encoding);
        if (content.undecodableLine().isPresent()) {
            problems.add(undecodable(file, encoding, content.undecodableLine().get()));
        } else {
            scripts.add(new Script(file, relativePath, content, encoding, options));
        }
    }

    private Diagnostic undecodable(Path file, Charset encoding, int line) {
        return unreadable(file, "is not encoded in " + encoding + ", as line " + line + " shows")
                .at(new Location(file.toString(), line, 0, ""));
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
