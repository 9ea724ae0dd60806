package io.chartreuse.cli.legacy;

import io.chartreuse.core.configuration.ConfigurationText;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The variables that the earlier tool read. A value. */
public final class LegacyEnvironment {

    static final String RELEASE = "CHARTREUSE_RELEASE_NAME";
    static final String FILE = "CHARTREUSE_MULTI_CONFIG_PATH";
    static final String URL = "CHARTREUSE_ALEMBIC_URL";

    private static final String STOP_PODS = "CHARTREUSE_ENABLE_STOP_PODS";
    private static final String BEFORE = "CHARTREUSE_UPGRADE_BEFORE_DEPLOYMENT";
    private static final String INSTALL = "HELM_IS_INSTALL";
    private static final String WAIT = "CHARTREUSE_ALEMBIC_POSTGRES_WAIT_CONFIGURED_TIMEOUT";
    private static final Set<String> FALSE = Set.of("", "false", "0");

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final Map<String, String> variables;

    /** @param variables the process environment */
    public LegacyEnvironment(Map<String, String> variables) {
        this.variables = new TreeMap<>(variables);
    }

    /** Whether the release is being installed. */
    public boolean isInstall() {
        return truth(INSTALL, "");
    }

    /** Whether workloads are stopped while databases migrate. */
    public boolean stopsPods() {
        return truth(STOP_PODS, "true");
    }

    /** Empty, {@code false} and {@code 0} are false; everything else is true. */
    private boolean truth(String variable, String otherwise) {
        return !FALSE.contains(variables.getOrDefault(variable, otherwise).toLowerCase(Locale.ROOT));
    }

    /**
     * The release without its databases, for what asks none of them.
     *
     * @throws ChartreuseException where a variable has a value that it cannot have
     */
    public LegacyRelease withoutDatabases() {
        List<Diagnostic> problems = new ArrayList<>();
        LegacyRelease release = release(RELEASE, List.of(), problems);
        refuse(problems);
        return release;
    }

    /**
     * The release with the databases that the variables name: those of {@code CHARTREUSE_MULTI_CONFIG_PATH}, else the
     * one of {@code CHARTREUSE_ALEMBIC_URL}.
     *
     * @throws ChartreuseException with all that is wrong, or where neither is set
     */
    public LegacyRelease withDatabases() {
        Optional<String> file = given(FILE);
        if (file.isPresent()) {
            return withDatabasesOf(Path.of(file.get()));
        }
        List<Diagnostic> problems = new ArrayList<>();
        String url = given(URL)
                .orElseThrow(() -> new ChartreuseException(Diagnostic.error(
                        LegacyError.NOTHING_SAID,
                        "neither " + FILE + " nor " + URL + " is set",
                        "Set the first to the YAML file with `databases:`, or the second to the database's URL.")));
        List<LegacyDatabase> databases = LegacyUrl.read(URL, url, problems)
                .flatMap(read -> database(read, problems))
                .map(List::of)
                .orElse(List.of());
        LegacyRelease release = release(URL, databases, problems);
        refuse(problems);
        return release;
    }

    /**
     * The release with the databases of that YAML.
     *
     * @throws ChartreuseException with all that is wrong
     */
    public LegacyRelease withDatabasesOf(Path file) {
        List<Diagnostic> problems = new ArrayList<>();
        List<LegacyDatabase> databases = List.of();
        try {
            databases = LegacyYaml.read(ConfigurationText.read(file), problems);
        } catch (ChartreuseException e) {
            problems.addAll(e.diagnostics());
        }
        String name = String.valueOf(file.getFileName()).replaceAll("\\p{Cntrl}", "?");
        LegacyRelease release = release(name, databases, problems);
        refuse(problems);
        return release;
    }

    private LegacyRelease release(String source, List<LegacyDatabase> databases, List<Diagnostic> problems) {
        Optional<String> name = given(RELEASE);
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            problems.add(invalid(RELEASE, "is not a name of a Helm release", "Use lower-case letters, digits and -."));
        }
        Duration wait = waitConfigured(problems);
        return new LegacyRelease(source, name, truth(BEFORE, ""), stopsPods(), wait, databases, problems);
    }

    private Duration waitConfigured(List<Diagnostic> problems) {
        String seconds = given(WAIT).orElse("60");
        if (!seconds.matches("[0-9]{1,6}")) {
            problems.add(invalid(WAIT, "is not a number of seconds", "Write a whole number: 60."));
            return Duration.ZERO;
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    /** {@code …_ALLOW_MIGRATION_FOR_EMPTY_DATABASE} is true when it is not empty, whatever it says. */
    private Optional<LegacyDatabase> database(LegacyUrl url, List<Diagnostic> problems) {
        try {
            return Optional.of(new LegacyDatabase(
                    "main",
                    Optional.empty(),
                    url.place(),
                    url.user(),
                    url.password(),
                    given("CHARTREUSE_ALEMBIC_DIRECTORY_PATH").orElse("/app/alembic"),
                    given("CHARTREUSE_ALEMBIC_CONFIG_FILE_PATH").orElse("alembic.ini"),
                    given("CHARTREUSE_ALEMBIC_ALLOW_MIGRATION_FOR_EMPTY_DATABASE")
                            .isPresent(),
                    ShellWords.split(variables.getOrDefault("CHARTREUSE_ALEMBIC_ADDITIONAL_PARAMETERS", "")),
                    variables.containsKey("CHARTREUSE_PATRONI_POSTGRESQL")));
        } catch (IllegalArgumentException e) {
            problems.add(invalid(
                    "CHARTREUSE_ALEMBIC_ADDITIONAL_PARAMETERS",
                    "cannot be split as a shell does: " + e.getMessage(),
                    "Close the quote."));
            return Optional.empty();
        }
    }

    private static Diagnostic invalid(String variable, String what, String remedy) {
        return Diagnostic.error(LegacyError.SETTING_INVALID, variable + " " + what, remedy);
    }

    private Optional<String> given(String variable) {
        return Optional.ofNullable(variables.get(variable)).filter(text -> !text.isEmpty());
    }

    private static void refuse(List<Diagnostic> problems) {
        if (problems.stream().anyMatch(Diagnostic::isError)) {
            throw new ChartreuseException(problems);
        }
    }
}
