package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports the problems of one location: one message per problem, however many files have it. */
final class FolderProblems {

    /** The most files that a message names; it counts the rest. */
    private static final int NAMED = 5;

    private final DatabaseSettings database;
    private final MigrationNames names;

    FolderProblems(DatabaseSettings database, MigrationNames names) {
        this.database = database;
        this.names = names;
    }

    List<Diagnostic> of(Path location, FolderWalk.Found found) {
        List<Diagnostic> problems = new ArrayList<>();
        found.folderFaults().forEach((reason, folders) -> problems.add(folder(location, reason, folders)));
        found.fileFaults().forEach((reason, files) -> problems.add(unreadable(location, reason, files)));
        problems.addAll(strays(location, strays(found)));
        return problems;
    }

    private Diagnostic folder(Path location, String reason, List<Path> folders) {
        Path first = folders.get(0);
        return Diagnostic.error(
                        PostgresProblem.MISSING_LOCATION,
                        "The migrations directory " + first + " of database " + database.name() + " " + reason + "."
                                + more(location, folders),
                        "Let the user that runs Chartreuse read it, or remove it from postgres.databases."
                                + database.name() + ".migrations.locations; links must not lead back or multiply.")
                .about(database.address())
                .at(Location.of(first.toString()));
    }

    private Diagnostic unreadable(Path location, String reason, List<Path> files) {
        Path first = files.get(0);
        return Diagnostic.error(
                        PostgresProblem.UNREADABLE_MIGRATION,
                        "Migration " + first + " of database " + database.name() + " " + reason + "."
                                + more(location, files),
                        reason.startsWith(FolderWalk.UNREADABLE_NAME)
                                ? "Rename it. Where the name is right, set LC_ALL to a locale with UTF-8 that is "
                                        + "installed (`locale -a` lists them)."
                                : "Put a file there that the user who runs Chartreuse can read, or remove what stands "
                                        + "there.")
                .about(database.address())
                .at(Location.of(first.toString()));
    }

    private static String more(Path location, List<Path> paths) {
        List<Path> others = paths.subList(1, paths.size());
        return others.isEmpty()
                ? ""
                : " The same is true of " + (others.size() == 1 ? "" : others.size() + " more: ")
                        + listed(location, others) + ".";
    }

    private static String listed(Path location, List<Path> paths) {
        String first = paths.stream()
                .limit(NAMED)
                .map(path -> location.relativize(path).toString())
                .collect(Collectors.joining(", "));
        return paths.size() > NAMED ? first + ", …" : first;
    }

    /** Includes undo files where Flyway validates names, because it then refuses them as well. */
    private List<Path> strays(FolderWalk.Found found) {
        Stream<Path> undo = database.migrations().options().naming().validated()
                ? found.files().stream().filter(file -> names.undo(name(file)).isPresent())
                : Stream.empty();
        return Stream.concat(found.strays().stream(), undo).sorted().toList();
    }

    private List<Diagnostic> strays(Path location, List<Path> strays) {
        boolean validated = database.migrations().options().naming().validated();
        List<Path> programs = having(strays, names::isProgram);
        List<Path> refused = validated ? having(strays, names::isSql) : List.of();
        Set<Path> others = new HashSet<>(programs);
        others.addAll(refused);
        List<Path> ignored = strays.stream()
                .filter(file -> !others.contains(file))
                .filter(file -> names.isSql(name(file)) || !hasCounterpart(file))
                .toList();
        return Stream.of(
                        problemOf(programs, files -> programs(location, files)),
                        problemOf(refused, files -> refused(location, files)),
                        problemOf(ignored, files -> ignored(location, files)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Path> having(List<Path> files, Predicate<String> name) {
        return files.stream().filter(file -> name.test(name(file))).toList();
    }

    private static Optional<Diagnostic> problemOf(List<Path> files, Function<List<Path>, Diagnostic> problem) {
        return files.isEmpty() ? Optional.empty() : Optional.of(problem.apply(files));
    }

    /** Whether a migration exists beside it: a copy that an editor leaves is not a lost migration. */
    private boolean hasCounterpart(Path file) {
        return names.meant(name(file))
                .filter(meant -> Files.exists(file.resolveSibling(meant)))
                .isPresent();
    }

    private Diagnostic programs(Path location, List<Path> files) {
        return Diagnostic.error(
                        PostgresProblem.SCRIPT_MIGRATION,
                        "Database " + database.name() + " has " + counted(files.size(), "migration") + " in " + location
                                + " that Flyway would run as a program, and Chartreuse does not: "
                                + listed(location, files) + ".",
                        "Write what it does in SQL or in Java (migrations.jars), or move it elsewhere.")
                .about(database.address())
                .at(Location.of(files.get(0).toString()));
    }

    private Diagnostic refused(Path location, List<Path> files) {
        return Diagnostic.error(
                        PostgresProblem.INVALID_FILE_NAME, summary(location, files, "not a migration's"), remedy())
                .about(database.address())
                .at(Location.of(files.get(0).toString()));
    }

    private Diagnostic ignored(Path location, List<Path> files) {
        return Diagnostic.warning(
                        PostgresProblem.INVALID_FILE_NAME,
                        summary(location, files, "not a migration's, so Flyway passes over it"),
                        remedy())
                .about(database.address())
                .at(Location.of(files.get(0).toString()));
    }

    private String summary(Path location, List<Path> files, String what) {
        String first = files.size() == 1
                ? "The name of " + files.get(0) + " (database " + database.name() + ") is " + what + "."
                : "In " + location + " (database " + database.name() + ") " + files.size()
                        + " files have a name that is " + what + ": " + listed(location, files) + ".";
        List<String> meant = files.stream()
                .flatMap(file -> names.meant(name(file)).map(name -> location.relativize(file) + " → " + name).stream())
                .toList();
        return meant.isEmpty()
                ? first
                : first + " Perhaps misspelled: " + String.join(", ", meant.subList(0, Math.min(NAMED, meant.size())))
                        + (meant.size() > NAMED ? ", … (" + meant.size() + " in all)" : "") + ".";
    }

    private String remedy() {
        return "Call a migration " + database.migrations().options().naming().example()
                + ", and keep other files elsewhere; migrations.validateMigrationNaming says whether they are an error.";
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
