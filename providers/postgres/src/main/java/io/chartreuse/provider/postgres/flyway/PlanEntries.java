package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.leftover.InvalidIndex;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Migration.Kind;
import io.chartreuse.spi.text.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/** Builds a plan's list of one database: the pending migrations, with their callbacks and baseline. For one use. */
final class PlanEntries {

    private static final String LEFT_OPEN = ", and a transaction is open at its end, which is committed";

    /** The baseline's name in Flyway's history. */
    private static final String BASELINE = "<< Flyway Baseline >>";

    private final DatabaseSettings database;
    private final ScriptSet scripts;
    private final ScriptReview review;
    private final Procedures procedures;
    private final Partitioned partitioned;
    private final List<InvalidIndex> invalid;
    private final RunningSql running;
    private final List<Diagnostic> problems = new ArrayList<>();

    /** Relations that entries create; looked at only when a script asks whether one of them is partitioned. */
    private final Map<String, Optional<String>> later = new LinkedHashMap<>();

    /**
     * @param invalid    invalid indexes of the database
     * @param lookups    lazy queries to the database about names in scripts
     */
    PlanEntries(
            DatabaseSettings database,
            ScriptSet scripts,
            ScriptReview review,
            List<InvalidIndex> invalid,
            Lookups lookups,
            RunningSql running) {
        this.invalid = List.copyOf(invalid);
        this.procedures = new Procedures(lookups.procedures());
        this.partitioned = new Partitioned(lookups.partitioned());
        this.database = database;
        this.scripts = scripts;
        this.review = review;
        this.running = running;
    }

    /** The problems of the files that were found while they were listed. */
    List<Diagnostic> problems() {
        return List.copyOf(problems);
    }

    /**
     * Lists the entries in the order of execution.
     *
     * @param pending  the migrations that will run
     * @param taken    whether an existing schema without history is adopted
     * @param revision the highest applied version
     */
    List<Migration> list(
            List<MigrationInfoImpl> all,
            List<MigrationInfoImpl> pending,
            boolean taken,
            Optional<MigrationVersion> revision) {
        List<Migration> entries = new ArrayList<>();
        Callbacks callbacks = new Callbacks(scripts, review, database.migrations());
        if (taken) {
            database.migrations().baselineVersion().ifPresent(version -> takeOver(version, all, entries));
        }
        List<Callbacks.Callback> before = callbacks.before(taken);
        before.forEach(callback -> entries.add(callback(callback)));
        Optional<String> within = before.stream()
                .filter(Callbacks.Callback::each)
                .flatMap(callback -> split(use(callback.script())).stream()
                        .map(split -> callback.script().getFilename() + " " + split.text()))
                .findFirst();
        pending.forEach(info -> entries.add(migration(info, revision, within)));
        callbacks.after().forEach(callback -> entries.add(callback(callback)));
        undo(pending, entries);
        return entries;
    }

    private void takeOver(String version, List<MigrationInfoImpl> all, List<Migration> entries) {
        MigrationVersion floor = MigrationVersion.fromVersion(version);
        entries.add(new Migration(
                Kind.BASELINE,
                Optional.of(floor.toString()),
                "the schema is taken over as it is",
                BASELINE,
                Sha256.of(""),
                true,
                Optional.empty(),
                Optional.empty()));
        List<MigrationInfoImpl> skipped = all.stream()
                .filter(info -> info.getAppliedMigration() == null && info.isVersioned())
                .filter(info -> info.getVersion().compareTo(floor) <= 0)
                .toList();
        skipped.forEach(info -> entries.add(
                idle(Kind.SKIPPED, info.getVersion(), info.getDescription(), info.getScript(), digest(info))));
        if (!skipped.isEmpty() && !database.migrations().options().baselineChosen()) {
            problems.add(usualBaseline(skipped));
        }
    }

    /** Warns that the existing objects may have nothing to do with the first migration. */
    private Diagnostic usualBaseline(List<MigrationInfoImpl> skipped) {
        String scripts = skipped.stream().map(MigrationInfoImpl::getScript).collect(Collectors.joining(", "));
        return Diagnostic.warning(
                        PostgresProblem.BASELINE_NOT_CHOSEN,
                        "Database " + database.name()
                                + " has objects and no history, and baselineVersion is not set: at"
                                + " its default 1 the database is taken for what " + scripts
                                + " makes, which never runs.",
                        "Set postgres.databases." + database.name()
                                + ".migrations.baselineVersion: \"1\" where that is so,"
                                + " \"0\" where it has to run.")
                .about(database.address());
    }

    /** Reports undo files of pending migrations: a user who relies on them has to know that they will not run. */
    private void undo(List<MigrationInfoImpl> pending, List<Migration> entries) {
        Set<MigrationVersion> versions = pending.stream()
                .filter(MigrationInfoImpl::isVersioned)
                .map(MigrationInfoImpl::getVersion)
                .collect(Collectors.toSet());
        scripts.all()
                .forEach(script -> review.undo(script)
                        .filter(name -> versions.contains(name.getVersion()))
                        .ifPresent(name -> entries.add(idle(
                                Kind.UNDO,
                                name.getVersion(),
                                name.getDescription(),
                                script.getRelativePath(),
                                script.digest()))));
    }

    private static Migration idle(
            Kind kind, MigrationVersion version, String description, String script, String digest) {
        return new Migration(
                kind,
                Optional.of(version.toString()),
                description,
                script,
                digest,
                true,
                Optional.empty(),
                Optional.empty());
    }

    private Migration callback(Callbacks.Callback callback) {
        Script script = callback.script();
        Optional<String> split = split(use(script)).map(Split::text);
        Migration entry = new Migration(
                Kind.CALLBACK,
                Optional.empty(),
                callback.description(),
                script.getRelativePath(),
                script.digest(),
                split.isEmpty(),
                Optional.of(callback.when()
                        + split.map(place -> "; " + script.getFilename() + " " + place)
                                .orElse("")),
                Optional.empty());
        return running.tell(entry, script);
    }

    private Migration migration(MigrationInfoImpl info, Optional<MigrationVersion> revision, Optional<String> within) {
        Optional<Script> script = scripts.at(info.getPhysicalLocation());
        boolean whole = isWhole(info, script);
        Optional<TransactionUse> use = script.filter(file -> whole).map(this::use);
        Optional<Split> own = use.flatMap(this::split);
        Optional<String> split = own.map(Split::text).or(() -> within);
        Optional<Diagnostic> mixed = use.filter(this::isMixed).map(found -> mixed(info, found));
        boolean flyway = !whole || script.filter(review::isPlain).isPresent() || transactional(info, mixed.isPresent());
        if (flyway && mixed.isEmpty() && split.isPresent()) {
            warn(info, split.get(), own.map(Split::line).orElse(0));
        } else if (flyway) {
            mixed.ifPresent(problems::add);
        }
        use.ifPresent(found -> found.indexes().forEach(index -> hidden(info, index)));
        Optional<String> below = revision.filter(now -> isBelow(info, now)).map(now -> "below revision " + now);
        Kind ordered = below.isPresent() ? Kind.OUT_OF_ORDER : Kind.MIGRATION;
        Migration entry = new Migration(
                script.isPresent() ? ordered : Kind.JAVA,
                Optional.ofNullable(info.getVersion()).map(MigrationVersion::toString),
                info.getDescription(),
                info.getScript(),
                digest(info),
                flyway && split.isEmpty(),
                note(below, split),
                Optional.empty());
        return script.filter(file -> whole)
                .map(file -> running.tell(entry, file))
                .orElse(entry);
    }

    /** The script's use of transactions, given all entries before it. */
    private TransactionUse use(Script script) {
        TransactionUse use = review.transactions(script);
        procedures.add(use.procedures());
        if (use.rebuilt().isEmpty()) {
            use.relations().forEach((name, table) -> later.put(name, table));
            return use;
        }
        partitioned.add(later);
        partitioned.add(use.relations());
        return use.rebuilding(partitioned::is);
    }

    private static Optional<String> note(Optional<String> below, Optional<String> split) {
        String note = Stream.concat(below.stream(), split.stream()).collect(Collectors.joining("; "));
        return note.isEmpty() ? Optional.empty() : Optional.of(note);
    }

    /** Whether the file can be parsed; adds a problem for what it lacks. */
    private boolean isWhole(MigrationInfoImpl info, Optional<Script> script) {
        List<Diagnostic> placeholders =
                info.isVersioned() ? script.map(review::placeholders).orElse(List.of()) : List.of();
        problems.addAll(placeholders);
        Optional<Diagnostic> unusable = script.flatMap(review::unusable);
        unusable.ifPresent(problems::add);
        return placeholders.isEmpty() && unusable.isEmpty();
    }

    /** A statement that keeps a script from being rolled back as a whole: {@code line 3: COMMIT}. */
    private record Split(int line, String text) {}

    private Optional<Split> split(TransactionUse use) {
        return use.first(procedures::commits)
                .map(place -> new Split(
                        place.line(),
                        "line " + place.line() + ": " + place.what() + (use.leavesOpen() ? LEFT_OPEN : "")));
    }

    /** Warns that the migration does not run in one transaction, which Flyway, and perhaps its author, assumes. */
    private void warn(MigrationInfoImpl info, String split, int line) {
        Diagnostic warning = Diagnostic.warning(
                        PostgresProblem.NOT_TRANSACTIONAL,
                        "Migration " + info.getScript() + " of database " + database.name()
                                + " does not run in one transaction (" + split + "): where it fails, what it did before"
                                + " may remain.",
                        "Leave the statement out, or see that the migration may be repeated from its start.")
                .about(database.address());
        problems.add(line == 0 ? warning : warning.at(new Location(info.getPhysicalLocation(), line, 0, "")));
    }

    /** Whether the file mixes statements although the configuration does not allow that. */
    private boolean isMixed(TransactionUse use) {
        return use.mixes() && !database.migrations().options().mixed();
    }

    /** Reports an invalid index that has the name of an index to be created. */
    private void hidden(MigrationInfoImpl info, TransactionUse.Index wanted) {
        invalid.stream()
                .filter(wanted.index()::isNamed)
                .map(index -> Diagnostic.warning(
                                PostgresProblem.INVALID_INDEX,
                                "Migration " + info.getScript() + " of database " + database.name() + " (line "
                                        + wanted.line() + ") creates an index "
                                        + wanted.index().name() + ", but "
                                        + index.qualifiedName() + " on " + index.table() + " is there and invalid: "
                                        + (wanted.index().ifNotExists()
                                                ? "IF NOT EXISTS would leave it so, and the run would fail."
                                                : "the statement would fail."),
                                "Drop it or REINDEX INDEX CONCURRENTLY it first; `chartreuse repair` asks whether to.")
                        .about(database.address()))
                .forEach(problems::add);
    }

    private Diagnostic mixed(MigrationInfoImpl info, TransactionUse use) {
        TransactionUse.Place place = use.refused().get(0);
        return Diagnostic.error(
                        PostgresProblem.UNREADABLE_MIGRATION,
                        "Migration " + info.getScript() + " of database " + database.name()
                                + " holds a statement that cannot run in a transaction (line " + place.line() + ": "
                                + place.what() + ") beside others that can.",
                        "Move that statement into a migration of its own, or set migrations.mixed: true.")
                .about(database.address())
                .at(new Location(info.getPhysicalLocation(), place.line(), 0, ""));
    }

    private static boolean isBelow(MigrationInfoImpl info, MigrationVersion revision) {
        return info.isVersioned() && info.getVersion().compareTo(revision) < 0;
    }

    private String digest(MigrationInfoImpl info) {
        return scripts.digest(info.getScript(), info.getPhysicalLocation())
                .orElseThrow(() -> new IllegalStateException("a migration of unknown origin: " + info.getScript()));
    }

    /**
     * Parses the file as Flyway will when it runs it, so that parse errors are found before the run.
     *
     * @param explained whether another problem already explains why Flyway may refuse it
     */
    private boolean transactional(MigrationInfoImpl info, boolean explained) {
        try {
            return info.canExecuteInTransaction();
        } catch (FlywayException e) {
            if (explained) {
                return true;
            }
            String file = info.getPhysicalLocation();
            problems.add(Diagnostic.error(
                            PostgresProblem.UNREADABLE_MIGRATION,
                            "Migration " + file + " of database " + database.name() + " cannot be used: "
                                    + e.getMessage().lines().findFirst().orElse("it does not parse"),
                            "Fix the file; a migration with a statement that cannot run in a transaction "
                                    + "holds nothing else.")
                    .about(database.address())
                    .at(Location.of(file)));
            return true;
        }
    }
}
