package io.chartreuse.cli.earlier;

import io.chartreuse.core.json.Json;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a configuration of what the earlier tool was told. The same for the same, to the letter. */
public final class Conversion {

    /** What {@code helm template} calls a release that nobody named. */
    static final String NO_RELEASE = "release-name";

    private final EarlierRelease earlier;
    private final Options options;
    private final ReferenceNames names;

    /**
     * What the earlier tool was not told.
     *
     * @param records   the folder in which runs are recorded where nothing is asked of the API server
     * @param endpoints where Patroni's REST API is, by the database's earlier name; under the empty name for all others
     */
    public record Options(String records, Map<String, List<String>> endpoints) {
        public Options {
            Objects.requireNonNull(records, "records");
            endpoints = Map.copyOf(endpoints);
        }
    }

    public Conversion(EarlierRelease earlier, Options options) {
        this.earlier = Objects.requireNonNull(earlier, "earlier");
        this.options = Objects.requireNonNull(options, "options");
        this.names = new ReferenceNames(
                earlier.databases().stream().map(EarlierDatabase::name).toList());
    }

    public Converted convert() {
        Commented document = Commented.document();
        release(document);
        if (!earlier.databases().isEmpty()) {
            Commented databases = document.object("postgres").object("databases");
            earlier.databases().forEach(database -> database(databases, database));
        }
        String afterthought = patroni(document);
        workloads(document);
        String head =
                "# Written by `chartreuse config convert` from " + earlier.source() + ". Read the comments, then\n"
                        + "# try it: `chartreuse validate` touches nothing, `chartreuse plan` changes nothing.\n";
        return new Converted(
                document.content(), head + CommentedYaml.write(document) + afterthought, passwords(), warnings());
    }

    private void release(Commented document) {
        document.put("version", Json.object().numberNode(1));
        if (earlier.name().isPresent()) {
            document.put("release", earlier.name().get());
        } else {
            document.put(
                    "release",
                    NO_RELEASE,
                    "TODO: write the Helm release's name here; workloads are found by it. Nothing said it.");
        }
        if (earlier.before()) {
            document.put("strategy", "before", "CHARTREUSE_UPGRADE_BEFORE_DEPLOYMENT was set.");
        } else {
            document.put("strategy", "after", "CHARTREUSE_UPGRADE_BEFORE_DEPLOYMENT was not set.");
        }
        if (!earlier.stopsPods()) {
            document.object(
                            "backend",
                            "Nothing is stopped, so no API server is asked, as before. Without this setting plans and runs",
                            "are kept in the cluster, where they outlive the pod.")
                    .put("type", "file")
                    .put("directory", options.records());
        }
    }

    private void workloads(Commented document) {
        if (earlier.stopsPods()) {
            document.object("kubernetes", "Deployments that the release's ExpectedDeploymentScales name are stopped.")
                    .object("workloads")
                    .put("expectedDeploymentScales", true);
        }
    }

    private void database(Commented databases, EarlierDatabase database) {
        Commented section = databases.object(names.database(database.name()), comment(database));
        new DatabaseSection(database, earlier.source()).write(section, names.variable(database.name()));
    }

    private String[] comment(EarlierDatabase database) {
        return names.database(database.name()).equals(database.name())
                ? new String[0]
                : new String[] {"The name was another one, which cannot be a name here."};
    }

    /** Writes the clusters whose REST API is known. What is returned is for the others, commented out. */
    private String patroni(Commented document) {
        Commented guessed = Commented.document();
        List<EarlierDatabase> behind =
                earlier.databases().stream().filter(EarlierDatabase::patroni).toList();
        for (EarlierDatabase database : behind) {
            boolean known = !endpoints(database).isEmpty();
            List<String> endpoints =
                    known ? endpoints(database) : List.of(database.place().usualEndpoint());
            cluster(known ? document : guessed, database, endpoints);
        }
        if (guessed.content().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append(
                "# TODO: say where Patroni's REST API is, and take the # away: nothing is touched then before the\n");
        text.append(
                "# cluster has a leader and its roles. The roles are named as the earlier tool named them; those of\n");
        text.append("# Zalando's operator are <database>_owner, <database>_writer_user and <database>_reader_user.\n");
        CommentedYaml.write(guessed)
                .lines()
                .forEach(line -> text.append("# ").append(line).append('\n'));
        return text.toString();
    }

    private void cluster(Commented document, EarlierDatabase database, List<String> endpoints) {
        Commented patroni = document.content().has("patroni")
                ? document.member("patroni").member("clusters")
                : document.object("patroni").object("clusters");
        Commented cluster = patroni.object(names.database(database.name()))
                .put("endpoints", endpoints)
                .put("database", names.database(database.name()))
                .put("waitConfigured", earlier.waitConfigured().toSeconds() + "s");
        Commented probe = cluster.object("probe").put("url", database.place().url());
        probe.put("user", database.user().orElse("postgres"));
        if (database.password().isPresent()) {
            probe.object("password").put("env", names.variable(database.name()));
        }
        probe.put("owner", "wiremind_owner")
                .put("writer", "wiremind_writer_user")
                .put("reader", "wiremind_reader_user");
    }

    private List<String> endpoints(EarlierDatabase database) {
        List<String> own = options.endpoints().getOrDefault(database.name(), List.of());
        return own.isEmpty() ? options.endpoints().getOrDefault("", List.of()) : own;
    }

    private SortedMap<String, Secret> passwords() {
        SortedMap<String, Secret> passwords = new TreeMap<>();
        earlier.databases()
                .forEach(database -> database.password()
                        .ifPresent(password -> passwords.put(names.variable(database.name()), password)));
        return passwords;
    }

    private List<Diagnostic> warnings() {
        List<Diagnostic> warnings = new ArrayList<>();
        if (earlier.name().isEmpty()) {
            warnings.add(Diagnostic.warning(
                    EarlierError.RELEASE_UNKNOWN,
                    "nothing says which Helm release this is: `release: " + NO_RELEASE + "` stands for it",
                    "Write its name, or convert again with --release NAME. Workloads are found by it."));
        }
        earlier.databases()
                .forEach(database ->
                        database.place().unusualDriver().ifPresent(driver -> warnings.add(driver(database, driver))));
        earlier.databases().stream()
                .filter(database -> database.patroni() && endpoints(database).isEmpty())
                .forEach(database -> warnings.add(Diagnostic.warning(
                        EarlierError.NO_PATRONI_ENDPOINT,
                        "database " + database.name() + " is behind Patroni, and nothing says where its REST API is:"
                                + " whether the cluster is configured is not checked",
                        "Say where it is, such as " + database.place().usualEndpoint()
                                + ": with --patroni-endpoint, or in CHARTREUSE_PATRONI_ENDPOINTS.")));
        return warnings;
    }

    private static Diagnostic driver(EarlierDatabase database, String driver) {
        return Diagnostic.warning(
                EarlierError.DRIVER,
                "database " + database.name() + " was reached with the driver " + driver
                        + ", which its URL does not say any more",
                "Let sqlalchemy.url in its section of alembic.ini begin with postgresql+" + driver
                        + "://; the rest of it does not matter.");
    }
}
