package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.pattern.ValidatePattern;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.flywaydb.core.internal.schemahistory.SchemaHistory;
import org.flywaydb.core.internal.util.AbbreviationUtils;

/**
 * Finds what Flyway would refuse to migrate over, before Flyway is called. Flyway's own validation stops the run, and
 * {@code info} never validates. {@link io.chartreuse.provider.postgres.leftover.LeftoverReport} reports failed
 * migrations.
 */
final class HistoryCheck {

    private final DatabaseSettings database;
    private final MigrationVersion baseline;
    private final boolean ahead;
    private final List<ValidatePattern> ignored;

    /** @param ahead whether the files are older than the database: then they may lack a repeatable migration */
    HistoryCheck(DatabaseSettings database, List<MigrationInfoImpl> all, boolean ahead) {
        this.database = database;
        this.ahead = ahead;
        this.ignored = database.migrations().options().ignoreMigrationPatterns().stream()
                .map(ValidatePattern::fromPattern)
                .toList();
        this.baseline = all.stream()
                .filter(info -> info.getState() == MigrationState.BASELINE)
                .map(MigrationInfoImpl::getVersion)
                .max(MigrationVersion::compareTo)
                .orElse(MigrationVersion.EMPTY);
    }

    Optional<Diagnostic> problem(MigrationInfoImpl info) {
        MigrationState state = info.getState();
        if (state == MigrationState.UNDONE || state == MigrationState.DELETED || state.isFailed()) {
            return Optional.empty();
        }
        if (ignored.stream().anyMatch(pattern -> pattern.matchesMigration(info.isVersioned(), state))) {
            return Optional.empty();
        }
        if (state == MigrationState.IGNORED && info.isVersioned()) {
            return ignored(info);
        }
        if (info.getAppliedMigration() == null) {
            return Optional.empty();
        }
        return info.getResolvedMigration() == null ? missing(info) : changed(info);
    }

    private Optional<Diagnostic> ignored(MigrationInfoImpl info) {
        if (info.getType().isBaseline() || info.getType().isUndo()) {
            return Optional.empty();
        }
        return Optional.of(problem(
                PostgresProblem.OUT_OF_ORDER,
                "has no " + label(info) + " although a higher version is applied.",
                "Give the migration a version above the database's, or set migrations.outOfOrder: true."));
    }

    private Optional<Diagnostic> missing(MigrationInfoImpl info) {
        MigrationState state = info.getState();
        boolean known = info.getType().isSynthetic()
                || info.getType().isUndo()
                || state == MigrationState.SUPERSEDED
                || state == MigrationState.FUTURE_SUCCESS
                || (ahead && !info.isVersioned());
        return known
                ? Optional.empty()
                : Optional.of(problem(
                        PostgresProblem.APPLIED_MISSING,
                        "has " + label(info) + " applied, but there is no such file in the migrations.",
                        "Put the file back. Where it was removed on purpose, set migrations.ignoreMigrationPatterns: "
                                + "[\"*:missing\"]."));
    }

    private Optional<Diagnostic> changed(MigrationInfoImpl info) {
        AppliedMigration applied = info.getAppliedMigration();
        boolean taken = applied.getVersion() != null && applied.getVersion().compareTo(baseline) <= 0;
        if (taken
                || applied.getType() == CoreMigrationType.DELETE
                || applied.getType().isUndo()) {
            return Optional.empty();
        }
        if (database.migrations().options().acceptEdited().contains(String.valueOf(applied.getVersion()))) {
            return Optional.empty();
        }
        if (info.getResolvedMigration().getType() != applied.getType()) {
            return Optional.of(changed(PostgresProblem.TYPE_CHANGED, info, "type"));
        }
        if (applied.getVersion() != null && !info.getResolvedMigration().checksumMatches(applied.getChecksum())) {
            return Optional.of(changed(PostgresProblem.CHECKSUM_CHANGED, info, "text"));
        }
        return sameDescription(info)
                ? Optional.empty()
                : Optional.of(changed(PostgresProblem.DESCRIPTION_CHANGED, info, "description"));
    }

    private Diagnostic changed(PostgresProblem problem, MigrationInfoImpl info, String what) {
        return problem(
                problem,
                "has " + label(info) + " applied with another " + what + " than the file " + info.getPhysicalLocation()
                        + " has now.",
                "Put the file back as it was applied, and write a new migration for what you want to change. "
                        + "Where the change is harmless and meant, add the version to migrations.acceptEdited.");
    }

    /** The history cuts long descriptions and has a mark for an empty one. */
    private static boolean sameDescription(MigrationInfoImpl info) {
        String applied = info.getAppliedMigration().getDescription();
        String resolved = info.getResolvedMigration().getDescription();
        return SchemaHistory.NO_DESCRIPTION_MARKER.equals(applied)
                ? resolved.isEmpty()
                : AbbreviationUtils.abbreviateDescription(resolved).equals(applied);
    }

    private Diagnostic problem(PostgresProblem problem, String what, String remedy) {
        return Diagnostic.error(problem, "Database " + database.name() + " " + what, remedy)
                .about(database.address());
    }

    /** For people. */
    static String label(MigrationInfoImpl info) {
        return info.isVersioned()
                ? "migration " + info.getVersion() + " (" + info.getDescription() + ")"
                : "repeatable migration \"" + info.getDescription() + "\"";
    }
}
