package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.problem.ReadFailure;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the files of a database's migrations, and the problems of their locations. */
final class ScriptFolders {

    private final DatabaseSettings database;
    private final MigrationNames names;
    private final FolderProblems folderProblems;
    private final List<Script> scripts = new ArrayList<>();
    private final List<Diagnostic> problems = new ArrayList<>();
    private final Map<String, ScriptOptions> options = new HashMap<>();

    /** The content of one location. */
    private record Folder(Path location, FolderWalk.Found found) {
        private List<Path> files(Predicate<String> name) {
            return found.files().stream()
                    .filter(file -> name.test(file.getFileName().toString()))
                    .toList();
        }
    }

    private ScriptFolders(DatabaseSettings database, MigrationNames names) {
        this.database = database;
        this.names = names;
        this.folderProblems = new FolderProblems(database, names);
    }

    /** All files that were found, and all problems with them. */
    record Found(ScriptSet scripts, List<Script> sql, List<Diagnostic> problems) {}

    static Found search(DatabaseSettings database, MigrationNames names) {
        ScriptFolders folders = new ScriptFolders(database, names);
        List<Folder> found = new ArrayList<>();
        outermost(database.migrations().locations())
                .forEach(location -> folders.walk(location).ifPresent(found::add));
        found.forEach(folder -> folder.files(names::isConfiguration).forEach(file -> folders.read(folder, file)));
        found.forEach(folder ->
                folder.files(name -> !names.isConfiguration(name)).forEach(file -> folders.read(folder, file)));
        found.forEach(folder -> folders.problems.addAll(folders.folderProblems.of(folder.location(), folder.found())));
        MigrationJars.Found jars = MigrationJars.search(database);
        folders.problems.addAll(jars.problems());
        List<Script> sql = folders.scripts.stream()
                .filter(script -> names.isSql(script.getFilename()))
                .toList();
        return new Found(new ScriptSet(folders.scripts, jars.scripts()), sql, List.copyOf(folders.problems));
    }

    /** Leaves out a location inside of another one, as Flyway does: its files are found with the other's. */
    private static List<Path> outermost(List<Path> locations) {
        return locations.stream()
                .distinct()
                .filter(location ->
                        locations.stream().noneMatch(other -> !other.equals(location) && location.startsWith(other)))
                .toList();
    }

    private Optional<Folder> walk(Path location) {
        if (!Files.isDirectory(location)) {
            problems.add(missing(location, noDirectory(location)));
            return Optional.empty();
        }
        try {
            return Optional.of(new Folder(location, FolderWalk.through(location, names)));
        } catch (IOException e) {
            problems.add(missing(location, ReadFailure.reason(e)));
            return Optional.empty();
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
                        "Correct postgres.databases." + database.name() + ".migrations.locations, "
                                + "or see that the image holds that directory.")
                .about(database.address())
                .at(Location.of(location.toString()));
    }

    private void read(Folder folder, Path file) {
        try {
            add(folder, file);
        } catch (IOException e) {
            folder.found().unreadable(file, e);
        }
    }

    private void add(Folder folder, Path file) throws IOException {
        ReadFailure.requireFile(file);
        String relativePath = folder.location().relativize(file).toString().replace('\\', '/');
        ScriptOptions own = options.getOrDefault(key(relativePath + ".conf"), ScriptOptions.NONE);
        Charset encoding = own.encoding().orElse(database.migrations().options().encoding());
        FileContent content = FileContent.read(file, encoding);
        if (content.undecodableLine().isPresent()) {
            problems.add(undecodable(file, encoding, content.undecodableLine().get()));
            return;
        }
        Script script = new Script(file, relativePath, content, encoding, own);
        scripts.add(script);
        if (names.isConfiguration(script.getFilename())) {
            configure(script);
        }
    }

    /** Uses the first file of that path in any location, ignoring case, as Flyway does. */
    private void configure(Script configuration) {
        String prefix = database.migrations().options().placeholders().prefix();
        String key = key(configuration.getRelativePath());
        try {
            if (!options.containsKey(key)) {
                options.put(key, ScriptOptions.read(configuration.text(), prefix));
            }
        } catch (ScriptOptions.Unclear e) {
            problems.add(unclear(configuration, e));
        } catch (IllegalArgumentException e) {
            problems.add(unreadable(
                    Path.of(configuration.getAbsolutePath()), "cannot be read: unknown encoding " + e.getMessage()));
        }
    }

    private static String key(String relativePath) {
        return relativePath.toLowerCase(Locale.ROOT);
    }

    private Diagnostic unclear(Script configuration, ScriptOptions.Unclear why) {
        String file = configuration.getAbsolutePath();
        return Diagnostic.error(
                        PostgresProblem.UNREADABLE_MIGRATION,
                        "Line " + why.line() + " of " + file + " (database " + database.name() + ") " + why.getMessage()
                                + ".",
                        "Write executeInTransaction=true, placeholderReplacement=false or encoding=UTF-8 there, one a line"
                                + " and with no placeholder.")
                .about(database.address())
                .at(new Location(file, why.line(), 0, ""));
    }

    private Diagnostic undecodable(Path file, Charset encoding, int line) {
        return unreadable(file, "is not encoded in " + encoding + ", as line " + line + " shows")
                .at(new Location(file.toString(), line, 0, ""));
    }

    private Diagnostic unreadable(Path file, String what) {
        return Diagnostic.error(
                        PostgresProblem.UNREADABLE_MIGRATION,
                        "Migration " + file + " of database " + database.name() + " " + what + ".",
                        "Fix the file, or set its encoding in " + file.getFileName()
                                + ".conf (encoding=…), or that of all files in migrations.encoding.")
                .about(database.address())
                .at(Location.of(file.toString()));
    }
}
