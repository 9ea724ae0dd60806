package io.chartreuse.cli.legacy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.configuration.ConfigurationText;
import io.chartreuse.core.configuration.LocatedDocument;
import io.chartreuse.core.configuration.SettingNames;
import io.chartreuse.core.configuration.YamlDocument;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.text.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The earlier tool's YAML: {@code databases:} by name. For one file. */
final class LegacyYaml {

    private static final String DATABASES = "databases";
    private static final String DIALECT = "dialect";

    private static final Set<String> KNOWN = Set.of(
            DIALECT,
            "user",
            "password",
            "host",
            "port",
            "database",
            "alembic_directory_path",
            "alembic_config_file_path",
            "allow_migration_for_empty_database",
            "additional_parameters",
            "is_patroni_postgresql");

    /** Of SQLAlchemy: {@code clickhouse+native}. What looks otherwise is a slip. */
    private static final Pattern OTHER_DIALECT = Pattern.compile("[a-z][a-z0-9_]*(\\+[a-z0-9_]+)?");

    /** What can be the name of a section, and is not taken for an option. */
    private static final Pattern SECTION = Pattern.compile("[^\\[\\]\\s-][^\\[\\]\\n]*");

    private static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(
            problem -> problem.location().orElseThrow(),
            Comparator.comparingInt(Location::line)
                    .thenComparingInt(Location::column)
                    .thenComparing(Location::path));

    private final LocatedDocument document;
    private final List<Diagnostic> problems = new ArrayList<>();

    private LegacyYaml(LocatedDocument document) {
        this.document = document;
    }

    /**
     * The databases, in the order of the file.
     *
     * @param warnings takes what the earlier tool let pass and has no meaning here
     * @throws ChartreuseException with all that is wrong, each problem with its place
     */
    static List<LegacyDatabase> read(ConfigurationText text, List<Diagnostic> warnings) {
        YamlDocument yaml = YamlDocument.parse(text)
                .orElseThrow(
                        () -> new ChartreuseException(notOne("holds nothing").at(Location.of(text.name()))));
        LegacyYaml reading = new LegacyYaml(yaml.located());
        List<LegacyDatabase> databases = reading.databases();
        List<Diagnostic> problems = reading.besides(yaml.problems());
        if (problems.stream().anyMatch(Diagnostic::isError)) {
            throw new ChartreuseException(problems);
        }
        warnings.addAll(problems);
        return databases;
    }

    /** What could not be read at all needs no second complaint. */
    private List<Diagnostic> besides(List<Diagnostic> unread) {
        Set<String> paths = unread.stream()
                .map(problem -> problem.location().orElseThrow().path())
                .collect(Collectors.toSet());
        List<Diagnostic> all = new ArrayList<>(unread);
        problems.stream()
                .filter(problem ->
                        !paths.contains(problem.location().orElseThrow().path()))
                .forEach(all::add);
        all.sort(BY_PLACE);
        return all;
    }

    private List<LegacyDatabase> databases() {
        JsonNode databases = document.root().path(DATABASES);
        JsonPointer place = JsonPointer.empty().appendProperty(DATABASES);
        if (!databases.isObject() || databases.isEmpty()) {
            String what = document.root().has("version") && document.root().has("release")
                    ? "is a configuration of today already"
                    : "has no `databases:` with at least one database by name";
            problems.add(notOne(what).at(document.key(place)));
            return List.of();
        }
        unknown(JsonPointer.empty(), Set.of(DATABASES));
        List<LegacyDatabase> found = new ArrayList<>();
        databases
                .fieldNames()
                .forEachRemaining(
                        name -> database(name, place.appendProperty(name)).ifPresent(found::add));
        if (found.isEmpty() && problems.stream().noneMatch(Diagnostic::isError)) {
            problems.add(notOne("names no PostgreSQL database").at(document.key(place)));
        }
        return found;
    }

    private static Diagnostic notOne(String what) {
        return Diagnostic.error(
                LegacyError.FILE,
                "the earlier tool's YAML " + what,
                "Name the file that CHARTREUSE_MULTI_CONFIG_PATH named; it begins with `databases:`.");
    }

    private Optional<LegacyDatabase> database(String name, JsonPointer place) {
        if (!document.root().at(place).isObject()) {
            problems.add(Diagnostic.error(
                            LegacyError.SETTING_INVALID,
                            SettingNames.setting(place) + " is not a database's settings",
                            "Write them below its name, indented: dialect, user, password, host, port, database, …")
                    .at(document.key(place)));
            return Optional.empty();
        }
        if (isOfAnotherDialect(place)) {
            problems.add(Diagnostic.warning(
                            LegacyError.DIALECT,
                            SettingNames.setting(place) + " is not a PostgreSQL database: it is left out",
                            "Migrate it with the tool that did so before; Chartreuse migrates PostgreSQL.")
                    .at(document.value(place.appendProperty(DIALECT))));
            return Optional.empty();
        }
        unknown(place, KNOWN);
        if (!SECTION.matcher(name).matches()) {
            problems.add(Diagnostic.error(
                            LegacyError.SETTING_INVALID,
                            SettingNames.setting(place) + " is not a name for a section of alembic.ini, as it must be",
                            "Choose another name.")
                    .at(document.key(place)));
        }
        return database(name, new LegacyEntry(document, place, problems));
    }

    private boolean isOfAnotherDialect(JsonPointer place) {
        String dialect = document.root().at(place).path(DIALECT).asText();
        return OTHER_DIALECT.matcher(dialect).matches()
                && !DatabasePlace.DIALECT.matcher(dialect).matches();
    }

    private Optional<LegacyDatabase> database(String name, LegacyEntry entry) {
        Optional<DatabasePlace> where = place(entry);
        String user = entry.text("user");
        Optional<String> password = entry.optionalText("password");
        String directory = entry.text("alembic_directory_path");
        String config = entry.text("alembic_config_file_path", "alembic.ini");
        boolean allowEmpty = entry.truth("allow_migration_for_empty_database", true);
        boolean patroni = entry.truth("is_patroni_postgresql", false);
        List<String> arguments = arguments(entry);
        return where.map(found -> new LegacyDatabase(
                name,
                Optional.of(name),
                found,
                Optional.of(user),
                password.map(Secret::new),
                directory,
                config,
                allowEmpty,
                arguments,
                patroni));
    }

    private static Optional<DatabasePlace> place(LegacyEntry entry) {
        String dialect = entry.text(DIALECT);
        Matcher postgres = DatabasePlace.DIALECT.matcher(dialect);
        if (!postgres.matches() && !dialect.isEmpty()) {
            entry.invalid(DIALECT, "is not PostgreSQL's", "Chartreuse migrates PostgreSQL: postgresql.");
        }
        String host = entry.text("host");
        if (!DatabasePlace.isHost(host) && !host.isEmpty()) {
            entry.invalid(
                    "host",
                    "is not one host's name or address",
                    "Write the host alone; user, password and port have settings of their own.");
        }
        int port = entry.port("port");
        String database = entry.text("database");
        return DatabasePlace.isHost(host) && postgres.matches()
                ? Optional.of(new DatabasePlace(
                        host, port, database, new TreeMap<>(), Optional.ofNullable(postgres.group(1))))
                : Optional.empty();
    }

    private static List<String> arguments(LegacyEntry entry) {
        try {
            return ShellWords.split(entry.text("additional_parameters", ""));
        } catch (IllegalArgumentException e) {
            entry.invalid(
                    "additional_parameters", "cannot be split as a shell does: " + e.getMessage(), "Close the quote.");
            return List.of();
        }
    }

    private void unknown(JsonPointer place, Set<String> known) {
        document.root().at(place).fieldNames().forEachRemaining(key -> {
            JsonPointer pointer = place.appendProperty(key);
            if (!known.contains(key)) {
                String remedy = Suggestion.to(key, known)
                        .map(nearest -> "Did you mean `" + nearest + "`?")
                        .orElse("The earlier tool ignored it, too; it knew: "
                                + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
                problems.add(Diagnostic.warning(
                                LegacyError.SETTING_UNKNOWN, "unknown setting " + SettingNames.setting(pointer), remedy)
                        .at(document.key(pointer)));
            }
        });
    }
}
