package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.leftover.InvalidIndex;
import io.chartreuse.provider.postgres.migrate.MigrationFailed;
import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.TransactionFate;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains a failed upgrade to a person: which migration failed, why, and which revisions the database has. */
final class UpgradeFailure {

    /** lock_not_available and deadlock_detected: the same may succeed a little later. */
    private static final Set<String> LOCKS = Set.of("55P03", "40P01");

    private final DatabaseSettings database;
    private final AlembicSettings settings;
    private final MigrationRun run;
    private final UpgradeWatch watch;

    UpgradeFailure(DatabaseSettings database, AlembicSettings settings, MigrationRun run, UpgradeWatch watch) {
        this.database = database;
        this.settings = settings;
        this.run = run;
        this.watch = watch;
    }

    /** @param reached the database as it was found afterwards; empty where it could not be asked */
    ChartreuseException explain(AlembicFailure failure, Optional<StateAfterFailure> reached) {
        FailureOutput complaint = failure.complaint();
        String end = complaint.reason().endsWith(".") ? " " : ". ";
        String said = complaint.hint().isEmpty() ? "" : complaint.hint() + " ";
        Diagnostic problem = Diagnostic.error(
                        PostgresProblem.MIGRATION_FAILED,
                        what() + ": " + complaint.reason() + end + consequence(reached),
                        said + undo() + "Fix the migration or what it met, then plan and apply again.")
                .about(database.address());
        Diagnostic placed = complaint.in(settings.directory()).map(problem::at).orElse(problem);
        return failure.sqlState()
                .filter(LOCKS::contains)
                .<ChartreuseException>map(state ->
                        new MigrationFailed(placed, fate(reached), new SQLException(complaint.reason(), state)))
                .orElseGet(() -> new ChartreuseException(placed));
    }

    /**
     * The outcome of the current migration. Reliable, because the database was read afresh after all sessions of the
     * run had ended.
     */
    private TransactionFate fate(Optional<StateAfterFailure> reached) {
        return reached.isPresent() && !watch.mayHaveLeft() ? TransactionFate.ROLLED_BACK : TransactionFate.UNKNOWN;
    }

    private String what() {
        String place = "database " + database.name();
        return watch.current()
                .map(migration -> "Migration " + migration.script() + " of " + place + " failed")
                .orElse("Migrating " + place + " with Alembic failed "
                        + (watch.isBetween() ? "after its last migration" : "before its first migration"));
    }

    private String consequence(Optional<StateAfterFailure> reached) {
        if (reached.isEmpty()) {
            return left(List.of()) + "Where the database stands now cannot be read.";
        }
        Optional<String> now = Comparison.text(reached.get().current().revisions());
        String stands = "the database stands at "
                + now.map(revision -> "revision " + revision).orElse("no revision") + ".";
        if (reached.get().several()) {
            return left(reached.get().left()) + "env.py runs the migrations several times: what other runs of them"
                    + " have committed stays; in all of them " + stands;
        }
        if (!now.equals(run.start())) {
            return left(reached.get().left()) + "Migrations before it stay; " + stands;
        }
        return watch.mayHaveLeft()
                ? left(reached.get().left()) + "No migration was completed; " + stands
                : "All was rolled back; " + stands;
    }

    private String left(List<InvalidIndex> invalid) {
        if (!watch.mayHaveLeft()) {
            return "";
        }
        String names = invalid.stream()
                .map(index -> index.qualifiedName() + " on " + index.table())
                .collect(Collectors.joining(", "));
        String committed = watch.committedBefore() > 0
                ? "What stands before line " + watch.committedBefore() + " of it is committed and remains. "
                : "";
        return committed + "What it did outside of a transaction remains"
                + (names.isEmpty() ? ". " : ", with an invalid index: " + names + ". ");
    }

    private String undo() {
        return watch.mayHaveLeft() ? "`chartreuse plan` says what it left, `chartreuse repair` clears it away. " : "";
    }
}
