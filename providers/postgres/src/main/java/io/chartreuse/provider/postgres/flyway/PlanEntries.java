package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.migrate.PlannedSql;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Location;
import io.chartreuse.spi.Migration;
import io.chartreuse.spi.Migration.Kind;
import io.chartreuse.spi.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/** What a plan lists of one database: the pending migrations and what belongs to them. For one reading. */
final class PlanEntries {

    /** As Flyway calls it, in the history. */
    private static final String BASELINE = "<< Flyway Baseline >>";

    private final DatabaseSettings database;
    private final ScriptSet scripts;
    private final ScriptReview review;
    private final PlannedSql planned = new PlannedSql();
    private final List<Diagnostic> problems = new ArrayList<>();

    PlanEntries(DatabaseSettings database, ScriptSet scripts, ScriptReview review) {
        this.database = database;
        this.scripts = scripts;
        this.review = review;
    }

    /** What was found wrong with the files while they were listed. */
    List<Diagnostic> problems() {
        return List.copyOf(problems);
    }

    /**
     * In the order of execution.
     *
     * @param pending  of them all, those that are going to run
     * @param taken    whether a schema is taken over that has no history
     * @param revision the highest version that is applied
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
        callbacks.before(taken).forEach(callback -> entries.add(callback(callback)));
        pending.forEach(info -> entries.add(migration(info, revision)));
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
        all.stream()
                .filter(info -> info.getAppliedMigration() == null && info.isVersioned())
                .filter(info -> info.getVersion().compareTo(floor) <= 0)
                .forEach(info -> entries.add(
                        idle(Kind.SKIPPED, info.getVersion(), info.getDescription(), info.getScript(), digest(info))));
    }

    /** Files that take back what is going to run; who relies on them has to know that they will not run. */
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
        return new Migration(
                Kind.CALLBACK,
                Optional.empty(),
                callback.description(),
                script.getRelativePath(),
                script.digest(),
                true,
                Optional.of(callback.when()),
                planned.of(script.text()));
    }

    private Migration migration(MigrationInfoImpl info, Optional<MigrationVersion> revision) {
        Optional<Script> script = scripts.at(info.getPhysicalLocation());
        List<Diagnostic> placeholders =
                info.isVersioned() ? script.map(review::placeholders).orElse(List.of()) : List.of();
        problems.addAll(placeholders);
        Optional<Diagnostic> openQuote = script.flatMap(review::openQuote);
        openQuote.ifPresent(problems::add);
        Optional<String> below = revision.filter(now -> isBelow(info, now)).map(now -> "below revision " + now);
        Kind ordered = below.isPresent() ? Kind.OUT_OF_ORDER : Kind.MIGRATION;
        return new Migration(
                script.isPresent() ? ordered : Kind.JAVA,
                Optional.ofNullable(info.getVersion()).map(MigrationVersion::toString),
                info.getDescription(),
                info.getScript(),
                digest(info),
                !placeholders.isEmpty()
                        || openQuote.isPresent()
                        || script.filter(review::isPlain).isPresent()
                        || transactional(info),
                below,
                script.map(Script::text).flatMap(planned::of));
    }

    private static boolean isBelow(MigrationInfoImpl info, MigrationVersion revision) {
        return info.isVersioned() && info.getVersion().compareTo(revision) < 0;
    }

    private String digest(MigrationInfoImpl info) {
        return scripts.digest(info.getScript(), info.getPhysicalLocation())
                .orElseThrow(() -> new IllegalStateException("a migration of unknown origin: " + info.getScript()));
    }

    /** Parses the file as Flyway will when it runs it: what doesn't parse shows here and not half-way through a run. */
    private boolean transactional(MigrationInfoImpl info) {
        try {
            return info.canExecuteInTransaction();
        } catch (FlywayException e) {
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
