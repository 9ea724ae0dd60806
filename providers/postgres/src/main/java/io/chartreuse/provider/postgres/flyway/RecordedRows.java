package io.chartreuse.provider.postgres.flyway;

import java.util.List;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.MigrationPattern;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.output.RepairResult;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.extensibility.MigrationType;
import org.flywaydb.core.internal.schemahistory.SchemaHistory;

/** A recorded history in the form in which Flyway reads histories. It cannot be written. */
final class RecordedRows extends SchemaHistory {

    private final RecordedHistory history;
    private final List<AppliedMigration> rows;

    /** @param flyway the configuration that resolves a row's type */
    RecordedRows(RecordedHistory history, Configuration flyway) {
        List<AppliedMigration> makers = flyway.getPluginRegister().getInstancesOf(AppliedMigration.class);
        this.history = history;
        this.rows = history.rows().stream().map(row -> applied(row, makers)).toList();
    }

    private static AppliedMigration applied(HistoryRow row, List<AppliedMigration> makers) {
        return makers.stream()
                .filter(maker -> maker.handlesType(row.type()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a row of unknown type: " + row.type()))
                .create(
                        row.rank(),
                        row.version().map(MigrationVersion::fromVersion).orElse(null),
                        row.description(),
                        row.type(),
                        row.script(),
                        row.checksum().orElse(null),
                        null,
                        "",
                        0,
                        row.success());
    }

    @Override
    public boolean exists() {
        return history.exists();
    }

    @Override
    public List<AppliedMigration> allAppliedMigrations() {
        return rows;
    }

    @Override
    public <T> T lock(Callable<T> callable) {
        throw readOnly();
    }

    @Override
    public void create(boolean baseline) {
        throw readOnly();
    }

    @Override
    public boolean removeFailedMigrations(RepairResult result, MigrationPattern[] patterns) {
        throw readOnly();
    }

    @Override
    public void update(AppliedMigration applied, ResolvedMigration resolved) {
        throw readOnly();
    }

    @Override
    public void delete(AppliedMigration applied) {
        throw readOnly();
    }

    @Override
    protected void doAddAppliedMigration(
            int rank,
            MigrationVersion version,
            String description,
            MigrationType type,
            String script,
            Integer checksum,
            int time,
            boolean success) {
        throw readOnly();
    }

    private static IllegalStateException readOnly() {
        return new IllegalStateException("a recorded history cannot be changed");
    }
}
