package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.leftover.LeftoverReport;
import io.chartreuse.provider.postgres.leftover.Leftovers;
import io.chartreuse.provider.postgres.migrate.MigrationStatus;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.text.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/** Turns the result of Flyway's {@code info} into a {@link MigrationStatus}. Makes no decisions. */
final class MigrationStatusReader {

    private final DatabaseSettings database;
    private final ScriptSet scripts;
    private final ScriptReview review;
    private final Function<List<MigrationInfoImpl>, Leftovers> leftovers;
    private final Lookups lookups;
    private final RunningSql running;

    /** @param remains finds the leftovers of unfinished migrations, given Flyway's history */
    MigrationStatusReader(
            DatabaseSettings database,
            ScriptSet scripts,
            ScriptReview review,
            Function<List<MigrationInfoImpl>, Leftovers> leftovers,
            Lookups lookups,
            RunningSql running) {
        this.database = database;
        this.scripts = scripts;
        this.review = review;
        this.leftovers = leftovers;
        this.lookups = lookups;
        this.running = running;
    }

    MigrationStatus read(Server server, FlywayInfo infos) {
        List<MigrationInfoImpl> all = infos.all();
        boolean taken = !server.history() && !infos.schemasEmpty();
        Optional<MigrationVersion> revision = revision(all);
        boolean ahead = ahead(all, revision);
        List<MigrationInfoImpl> pending = ahead ? List.of() : pending(all, taken);
        List<Diagnostic> problems = new ArrayList<>(problems(all, ahead));
        problems.addAll(left(all));
        if (taken && database.migrations().baselineVersion().isEmpty()) {
            problems.add(noHistory());
        }
        PlanEntries entries =
                new PlanEntries(database, scripts, review, leftovers.apply(all).unexplained(), lookups, running);
        List<Migration> migrations = entries.list(all, pending, taken, revision);
        problems.addAll(entries.problems());
        return new MigrationStatus(
                revision.map(MigrationVersion::toString),
                goal(revision, pending, taken).map(MigrationVersion::toString),
                ahead,
                migrations,
                RepeatableReader.read(all, ahead),
                history(all),
                scripts.digest(),
                problems);
    }

    /** The status of a database whose migration files cannot be used: only its revision is known. */
    MigrationStatus unusable(FlywayInfo infos, List<Diagnostic> filesProblems) {
        List<MigrationInfoImpl> all = infos.all();
        List<Diagnostic> problems = new ArrayList<>(filesProblems);
        problems.addAll(left(all));
        Optional<String> revision = revision(all).map(MigrationVersion::toString);
        return new MigrationStatus(
                revision,
                revision,
                false,
                List.of(),
                MigrationStatus.Repeatables.NONE,
                history(all),
                scripts.digest(),
                problems);
    }

    private List<Diagnostic> left(List<MigrationInfoImpl> all) {
        return new LeftoverReport(database, leftovers.apply(all)).diagnostics();
    }

    private static Optional<MigrationVersion> revision(List<MigrationInfoImpl> all) {
        return all.stream()
                .filter(info -> info.getAppliedMigration() != null && info.isVersioned())
                .filter(info -> info.getAppliedMigration().isSuccess()
                        && !info.getType().isUndo())
                .filter(info -> info.getState() != MigrationState.UNDONE && info.getState() != MigrationState.DELETED)
                .map(MigrationInfoImpl::getVersion)
                .max(MigrationVersion::compareTo);
    }

    private boolean ahead(List<MigrationInfoImpl> all, Optional<MigrationVersion> revision) {
        boolean future = all.stream().anyMatch(info -> info.getState() == MigrationState.FUTURE_SUCCESS);
        boolean beyondTarget = database.migrations()
                .target()
                .map(MigrationVersion::fromVersion)
                .filter(target ->
                        revision.filter(now -> now.compareTo(target) > 0).isPresent())
                .isPresent();
        return future || beyondTarget;
    }

    /**
     * Leaves out what a baseline covers: Flyway's {@code info} does not know that an adopted schema starts at its
     * baseline.
     */
    private List<MigrationInfoImpl> pending(List<MigrationInfoImpl> all, boolean taken) {
        MigrationVersion floor = MigrationVersion.fromVersion(
                taken ? database.migrations().baselineVersion().orElse(null) : null);
        return all.stream()
                .filter(info -> info.getState() == MigrationState.PENDING)
                .filter(info ->
                        !taken || !info.isVersioned() || info.getVersion().compareTo(floor) > 0)
                .toList();
    }

    private Optional<MigrationVersion> goal(
            Optional<MigrationVersion> revision, List<MigrationInfoImpl> pending, boolean taken) {
        Stream<MigrationVersion> baseline = taken
                ? database.migrations().baselineVersion().map(MigrationVersion::fromVersion).stream()
                : Stream.empty();
        Stream<MigrationVersion> coming =
                pending.stream().filter(MigrationInfoImpl::isVersioned).map(MigrationInfoImpl::getVersion);
        return Stream.concat(revision.stream(), Stream.concat(baseline, coming)).max(MigrationVersion::compareTo);
    }

    private List<Diagnostic> problems(List<MigrationInfoImpl> all, boolean ahead) {
        HistoryCheck check = new HistoryCheck(database, all, ahead);
        Stream<Diagnostic> history = all.stream().flatMap(info -> check.problem(info).stream());
        Stream<Diagnostic> target = database.migrations().target().stream()
                .filter(wanted -> !ahead && all.stream().noneMatch(info -> isVersion(info, wanted)))
                .map(this::unknownTarget);
        return Stream.concat(history, target).toList();
    }

    private static boolean isVersion(MigrationInfoImpl info, String wanted) {
        return info.isVersioned() && info.getVersion().compareTo(MigrationVersion.fromVersion(wanted)) == 0;
    }

    private Diagnostic unknownTarget(String target) {
        return Diagnostic.error(
                        PostgresProblem.UNKNOWN_TARGET,
                        "Database " + database.name() + " has the target " + target
                                + ", but there is no migration of that version.",
                        "Correct postgres.databases." + database.name() + ".migrations.target.")
                .about(database.address());
    }

    private Diagnostic noHistory() {
        return Diagnostic.error(
                        PostgresProblem.NO_HISTORY,
                        "Database " + database.name() + " has objects in its schema, but no history of migrations ("
                                + database.migrations().table() + ").",
                        "To take it over as it is, set migrations.baselineOnMigrate: true and "
                                + "migrations.baselineVersion to the version that it is at.")
                .about(database.address());
    }

    /** Changes when a relevant row is added, removed or repaired. */
    private static String history(List<MigrationInfoImpl> all) {
        return Sha256.of(all.stream()
                .map(MigrationInfoImpl::getAppliedMigration)
                .filter(applied -> applied != null)
                .map(MigrationStatusReader::row)
                .collect(Collectors.joining("\n")));
    }

    private static String row(AppliedMigration row) {
        return Stream.of(
                        row.getInstalledRank(),
                        row.getVersion(),
                        row.getDescription(),
                        row.getType(),
                        row.getScript(),
                        row.getChecksum(),
                        row.isSuccess())
                .map(String::valueOf)
                .collect(Collectors.joining("|"));
    }
}
