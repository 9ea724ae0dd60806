package io.chartreuse.cli.legacy;

import io.chartreuse.core.json.Json;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Converts the earlier tool's settings to a configuration. The same settings give exactly the same text. */
public final class Conversion {

    /** What {@code helm template} calls a release without a name. */
    static final String NO_RELEASE = "release-name";

    private final LegacyRelease earlier;
    private final Options options;
    private final ReferenceNames names;

    /**
     * Settings that the earlier tool did not have.
     *
     * @param records     the folder in which runs are recorded where nothing is asked of the API server
     * @param endpoints   where Patroni's REST API is, by the database's earlier name; under the empty name for all
     *                    others
     * @param annotations whether workloads may be chosen by annotations, too, which needs rights on more kinds
     * @param ready       whether a run waits until pods are ready that it has started, which the earlier tool did not
     */
    public record Options(String records, Map<String, List<String>> endpoints, boolean annotations, boolean ready) {
        public Options {
            Objects.requireNonNull(records, "records");
            endpoints = Map.copyOf(endpoints);
        }
    }

    public Conversion(LegacyRelease earlier, Options options) {
        this.earlier = Objects.requireNonNull(earlier, "earlier");
        this.options = Objects.requireNonNull(options, "options");
        this.names = new ReferenceNames(
                earlier.databases().stream().map(LegacyDatabase::name).toList());
    }

    public ConversionResult convert() {
        CommentedMapping document = CommentedMapping.document();
        release(document);
        if (!earlier.databases().isEmpty()) {
            CommentedMapping databases = document.object("postgres").object("databases");
            earlier.databases().forEach(database -> database(databases, database));
        }
        patroni(document);
        workloads(document);
        String head =
                "# Written by `chartreuse config convert` from " + earlier.source() + ". Read the comments, then\n"
                        + "# try it: `chartreuse validate` touches nothing, `chartreuse plan` changes nothing.\n";
        return new ConversionResult(document.content(), head + CommentedYaml.write(document), passwords(), warnings());
    }

    private void release(CommentedMapping document) {
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

    private void workloads(CommentedMapping document) {
        if (!earlier.stopsPods()) {
            return;
        }
        CommentedMapping kubernetes = document.object(
                "kubernetes", "Deployments that the release's ExpectedDeploymentScales name are stopped.");
        if (!options.ready()) {
            kubernetes.object("ready").put("timeout", "0s");
        }
        CommentedMapping workloads = kubernetes.object("workloads");
        workloads.put("expectedDeploymentScales", true);
        if (!options.annotations()) {
            workloads.put("annotations", false);
        }
    }

    private void database(CommentedMapping databases, LegacyDatabase database) {
        CommentedMapping section = databases.object(names.database(database.name()), comment(database));
        new DatabaseSection(database, earlier.source(), seconds(earlier.waitConfigured()))
                .write(section, names.variable(database.name()));
    }

    private String[] comment(LegacyDatabase database) {
        return names.database(database.name()).equals(database.name())
                ? new String[0]
                : new String[] {"The name was another one, which cannot be a name here."};
    }

    private void patroni(CommentedMapping document) {
        List<LegacyDatabase> behind =
                earlier.databases().stream().filter(LegacyDatabase::patroni).toList();
        if (!behind.isEmpty()) {
            CommentedMapping clusters = document.object(
                            "patroni",
                            "Nothing is touched before the roles are there, which are named as the earlier tool named them;",
                            "those of Zalando's operator are <database>_owner, _writer_user and _reader_user.")
                    .object("clusters");
            behind.forEach(database -> cluster(clusters, database));
        }
    }

    private void cluster(CommentedMapping clusters, LegacyDatabase database) {
        CommentedMapping cluster = clusters.object(names.database(database.name()), endpointsComment(database));
        if (!endpoints(database).isEmpty()) {
            cluster.put("endpoints", endpoints(database));
        }
        cluster.put("database", names.database(database.name()))
                .put("waitConfigured", seconds(earlier.waitConfigured()));
        CommentedMapping probe =
                cluster.object("probe").put("url", database.place().url());
        probe.put("user", database.user().orElse("postgres"));
        if (database.password().isPresent()) {
            probe.object("password").put("env", names.variable(database.name()));
        }
        probe.put("owner", "wiremind_owner")
                .put("writer", "wiremind_writer_user")
                .put("reader", "wiremind_reader_user");
    }

    private String[] endpointsComment(LegacyDatabase database) {
        return endpoints(database).isEmpty()
                ? new String[] {
                    "As before, the database alone is asked. Where Patroni's REST API can be reached, name it, and the",
                    "leader and the replicas count too: endpoints: ["
                            + database.place().usualEndpoint() + "]"
                }
                : new String[0];
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + "s";
    }

    private List<String> endpoints(LegacyDatabase database) {
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
        List<Diagnostic> warnings = new ArrayList<>(earlier.warnings());
        if (earlier.name().isEmpty()) {
            warnings.add(Diagnostic.warning(
                    LegacyError.RELEASE_UNKNOWN,
                    "nothing says which Helm release this is: `release: " + NO_RELEASE + "` stands for it",
                    "Write its name, or convert again with --release NAME. Workloads are found by it."));
        }
        earlier.databases()
                .forEach(database ->
                        database.place().unusualDriver().ifPresent(driver -> warnings.add(driver(database, driver))));
        return warnings;
    }

    private static Diagnostic driver(LegacyDatabase database, String driver) {
        return Diagnostic.warning(
                LegacyError.DRIVER,
                "database " + database.name() + " was reached with the driver " + driver
                        + ", which its URL does not say any more",
                "Let sqlalchemy.url in its section of alembic.ini begin with postgresql+" + driver
                        + "://; the rest of it does not matter.");
    }
}
