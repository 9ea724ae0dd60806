package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Migration;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Tells a person what became of an upgrade that failed: which migration, why, and where the database stands. */
final class UpgradeFailure {

    private final DatabaseSettings database;
    private final AlembicSettings settings;
    private final MigrationRun run;
    private final Optional<Migration> failed;

    UpgradeFailure(DatabaseSettings database, AlembicSettings settings, MigrationRun run, Optional<Migration> failed) {
        this.database = database;
        this.settings = settings;
        this.run = run;
        this.failed = failed;
    }

    /** @param reached where the database stands now; empty where that cannot be told */
    ChartreuseException explain(Output output, Optional<Current> reached) {
        Complaint complaint = Complaint.of(output);
        String end = complaint.reason().endsWith(".") ? " " : ". ";
        String said = complaint.hint().isEmpty() ? "" : complaint.hint() + " ";
        Diagnostic problem = Diagnostic.error(
                        PostgresProblem.MIGRATION_FAILED,
                        what() + ": " + complaint.reason() + end + consequence(reached),
                        said + undo() + "Mend the migration or what it met, then plan and apply again.")
                .about(database.address());
        Diagnostic placed = complaint.in(settings.directory()).map(problem::at).orElse(problem);
        return lockState(output)
                .map(state -> new ChartreuseException(List.of(placed), new SQLException(complaint.reason(), state)))
                .orElseGet(() -> new ChartreuseException(placed));
    }

    /** The SQLSTATE where it met a lock of others, by the names that psycopg has for it: that is tried again. */
    private static Optional<String> lockState(Output output) {
        String errors = String.join("\n", output.errors());
        return errors.contains("LockNotAvailable")
                ? Optional.of("55P03")
                : Optional.of("40P01").filter(state -> errors.contains("DeadlockDetected"));
    }

    private String what() {
        return failed.map(
                        migration -> "Migration " + migration.script() + " of database " + database.name() + " failed")
                .orElse("Migrating database " + database.name() + " with Alembic failed before its first migration");
    }

    private String consequence(Optional<Current> reached) {
        if (reached.isEmpty()) {
            return "Where the database stands now cannot be read.";
        }
        Optional<String> now = Comparison.text(reached.get().revisions());
        String stands = "the database stands at "
                + now.map(revision -> "revision " + revision).orElse("no revision") + ".";
        if (!now.equals(run.start())) {
            return "Migrations before it stay; " + stands;
        }
        return transactional()
                ? "All was rolled back; " + stands
                : "What ran outside of a transaction remains; " + stands;
    }

    private String undo() {
        return transactional() ? "" : "Undo what it left (an invalid index, for instance). ";
    }

    /** An upgrade is one transaction, until a migration leaves it. */
    private boolean transactional() {
        return run.pending().stream()
                        .takeWhile(migration -> !failed.equals(Optional.of(migration)))
                        .allMatch(Migration::transactional)
                && failed.map(Migration::transactional).orElse(true);
    }
}
