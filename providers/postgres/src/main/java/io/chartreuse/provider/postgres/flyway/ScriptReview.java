package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.provider.postgres.settings.FlywayOptions;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.sql.Unended;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.internal.resource.ResourceName;

/** Finds all problems of the files themselves, independently of the database. */
final class ScriptReview {

    private final DatabaseSettings database;
    private final FlywayOptions options;
    private final MigrationNames names;
    private final Placeholders placeholders;
    private final Map<Script, LargeScript> large = new ConcurrentHashMap<>();

    ScriptReview(DatabaseSettings database, MigrationNames names) {
        this.database = database;
        this.options = database.migrations().options();
        this.names = names;
        this.placeholders = new Placeholders(database.migrations().placeholders(), options.placeholders());
    }

    List<Diagnostic> review(ScriptFolders.Found found) {
        List<Diagnostic> problems = new ArrayList<>(found.problems());
        problems.addAll(duplicates(found.sql()));
        found.sql().stream().filter(this::alwaysRead).forEach(script -> problems.addAll(placeholders(script)));
        if (problems.stream().noneMatch(Diagnostic::isError)
                && found.scripts().javaMigrations().isEmpty()
                && found.sql().stream().noneMatch(this::isMigration)) {
            problems.add(noMigrations());
        }
        return problems;
    }

    /** The placeholders without a value in that file, and a repeatable migration that differs each time. */
    List<Diagnostic> placeholders(Script script) {
        if (!replacesPlaceholders(script)) {
            return List.of();
        }
        List<Diagnostic> problems = new ArrayList<>(
                missing(script).stream().map(use -> missingValue(script, use)).toList());
        if (isRepeatable(script) && changesByItself(script)) {
            problems.add(unstable(script));
        }
        if (!Placeholders.isPlain(workingDirectory()) && namesWorkingDirectory(script)) {
            problems.add(unplainDirectory(script));
        }
        return problems;
    }

    /** The working directory as Flyway sees it. */
    private static String workingDirectory() {
        return System.getProperty("user.dir");
    }

    private static boolean namesWorkingDirectory(Script script) {
        try (Reader text = new BufferedReader(script.read())) {
            return Placeholders.names(Placeholders.WORKING_DIRECTORY, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + script.getAbsolutePath(), e);
        }
    }

    private Diagnostic unplainDirectory(Script script) {
        return problem(
                PostgresProblem.UNREADABLE_MIGRATION,
                script,
                "Migration " + script.getAbsolutePath() + " of database " + database.name()
                        + " uses ${flyway:workingDirectory}, and the working directory " + workingDirectory()
                        + " has characters that mean something else in SQL.",
                "Start chartreuse in a directory whose path has only letters, digits, slashes, dots, _ and single -, or name"
                        + " the path in the migration.");
    }

    private List<Placeholders.Use> missing(Script script) {
        return script.isLarge() ? large(script).missing() : placeholders.missing(script.text());
    }

    private boolean changesByItself(Script script) {
        return script.isLarge() ? large(script).changesByItself() : placeholders.changesByItself(script.text());
    }

    /** Whether something in that file is replaced when it runs. */
    boolean hasPlaceholders(Script script) {
        return replacesPlaceholders(script)
                && (script.isLarge() ? large(script).placeholders() : placeholders.in(script.text()));
    }

    private LargeScript large(Script script) {
        return large.computeIfAbsent(script, file -> LargeScript.of(file, placeholders));
    }

    /** Why that file cannot run: a quote that never ends, or a statement that is too large. */
    Optional<Diagnostic> unusable(Script script) {
        Optional<Unended> open = script.isLarge() ? large(script).open() : StatementScan.open(script.text());
        return open.map(quote -> unended(script, quote)).or(() -> tooLarge(script));
    }

    private Diagnostic unended(Script script, Unended open) {
        return problem(
                        PostgresProblem.UNREADABLE_MIGRATION,
                        script,
                        "Migration " + script.getAbsolutePath() + " of database " + database.name()
                                + " does not parse: the " + open.what() + " begun in line " + open.line()
                                + " never ends.",
                        "End it; the server would refuse the statement half-way through the run.")
                .at(new Location(script.getAbsolutePath(), open.line(), 0, ""));
    }

    private Optional<Diagnostic> tooLarge(Script script) {
        return script.isLarge()
                ? StatementLimit.ofThisProcess()
                        .exceeded(large(script).longest())
                        .map(problem -> problem(
                                        PostgresProblem.STATEMENT_TOO_LARGE,
                                        script,
                                        "Migration " + script.getAbsolutePath() + " of database " + database.name()
                                                + " " + problem + ".",
                                        "Split it into smaller ones, or give the process more memory.")
                                .at(new Location(
                                        script.getAbsolutePath(),
                                        large(script).longest().line(),
                                        0,
                                        "")))
                : Optional.empty();
    }

    /** Whether it certainly parses and runs in a transaction, without being parsed. */
    boolean isPlain(Script script) {
        return !script.options().others() && (script.isLarge() ? large(script).plain() : PlainSql.is(script.text()));
    }

    /** The script's use of transactions as the server will see it: with its placeholders replaced. */
    TransactionUse transactions(Script script) {
        return TransactionUse.of(running(script));
    }

    /** The text as the server will see it, its placeholders replaced. */
    Reader running(Script script) {
        if (script.isLarge() && !hasPlaceholders(script)) {
            return script.read();
        }
        String text = script.text();
        return new StringReader(replacesPlaceholders(script) ? placeholders.replaced(text) : text);
    }

    private List<Diagnostic> duplicates(List<Script> scripts) {
        Map<String, List<Script>> same = scripts.stream()
                .filter(script -> names.isUsed(script.getFilename()))
                .collect(Collectors.groupingBy(
                        script -> names.key(script.getFilename()), LinkedHashMap::new, Collectors.toList()));
        return same.values().stream()
                .filter(group -> group.size() > 1)
                .map(this::duplicate)
                .toList();
    }

    private Diagnostic duplicate(List<Script> group) {
        ResourceName name = names.of(group.get(0).getFilename());
        if (event(group.get(0)).isPresent()) {
            return sameCallback(name, group);
        }
        String what = name.getVersion() == null
                ? "description \"" + name.getDescription() + "\""
                : "version " + name.getVersion();
        boolean one = group.stream().map(Script::realPath).distinct().count() == 1;
        return problem(
                PostgresProblem.DUPLICATE_MIGRATION,
                group.get(1),
                (group.size() == 2 ? "Two" : String.valueOf(group.size())) + " migrations of database "
                        + database.name() + " have " + what + ": " + paths(group) + ".",
                one
                        ? "They are one file, found by several ways: remove the link or the location that leads there."
                        : "Give the one that is not yet applied anywhere a version of its own.");
    }

    private Diagnostic sameCallback(ResourceName name, List<Script> group) {
        return problem(
                PostgresProblem.DUPLICATE_MIGRATION,
                group.get(1),
                (group.size() == 2 ? "Two" : String.valueOf(group.size())) + " callbacks of database " + database.name()
                        + " are named the same: " + paths(group) + ".",
                "Keep one, or tell them apart by a description: " + name.getPrefix() + "__first.sql.");
    }

    private static String paths(List<Script> group) {
        return group.stream().map(Script::getAbsolutePath).collect(Collectors.joining(" and "));
    }

    private Diagnostic noMigrations() {
        String places =
                database.migrations().locations().stream().map(Path::toString).collect(Collectors.joining(", "));
        return Diagnostic.error(
                        PostgresProblem.NO_MIGRATIONS,
                        "There is no migration of database " + database.name() + " in " + places + ".",
                        "Put files " + options.naming().example() + " there, or correct postgres.databases."
                                + database.name() + ".migrations.locations.")
                .about(database.address());
    }

    private Diagnostic missingValue(Script script, Placeholders.Use use) {
        return problem(
                        PostgresProblem.MISSING_PLACEHOLDER,
                        script,
                        options.placeholders().prefix() + use.name()
                                + options.placeholders().suffix() + " in line " + use.line() + " of "
                                + script.getAbsolutePath() + " (database " + database.name() + ") has no value.",
                        "Set postgres.databases." + database.name() + ".migrations.placeholders." + use.name()
                                + ", or put placeholderReplacement=false into " + script.getFilename() + ".conf.")
                .at(new Location(script.getAbsolutePath(), use.line(), 0, ""));
    }

    private Diagnostic unstable(Script script) {
        return problem(
                PostgresProblem.UNSTABLE_REPEATABLE,
                script,
                "Repeatable migration " + script.getAbsolutePath() + " of database " + database.name()
                        + " uses ${flyway:timestamp}: it is another one at every run, so no plan can hold it.",
                "Leave the placeholder out; a repeatable migration runs again whenever its text changes.");
    }

    private Diagnostic problem(PostgresProblem problem, Script script, String summary, String remedy) {
        return Diagnostic.error(problem, summary, remedy)
                .about(database.address())
                .at(Location.of(script.getAbsolutePath()));
    }

    /** Whether Flyway replaces its placeholders even when it does not run it: repeatables and callbacks. */
    private boolean alwaysRead(Script script) {
        return isRepeatable(script) || names.isCallback(script.getFilename());
    }

    private boolean isMigration(Script script) {
        return names.isMigration(script.getFilename());
    }

    private boolean isRepeatable(Script script) {
        return names.isRepeatable(script.getFilename());
    }

    /** The event that a callback runs at; empty where the script is not a callback. */
    Optional<Event> event(Script script) {
        return names.event(script.getFilename());
    }

    /** The parsed name of an undo migration; empty for others. */
    Optional<ResourceName> undo(Script script) {
        return names.undo(script.getFilename());
    }

    /** The parsed name. */
    ResourceName name(Script script) {
        return names.of(script.getFilename());
    }

    /** The {@code .conf} file of a script takes precedence over the configuration. */
    private boolean replacesPlaceholders(Script script) {
        return script.options().placeholders().orElse(options.placeholders().replaced());
    }
}
