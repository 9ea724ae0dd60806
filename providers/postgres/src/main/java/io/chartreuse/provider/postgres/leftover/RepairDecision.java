package io.chartreuse.provider.postgres.leftover;

import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.provider.postgres.settings.MigrationSettings;
import io.chartreuse.spi.model.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides how to repair leftovers: first invalid indexes, then the entry in the history, at last the note, so that an
 * interrupted repair can be repeated. Never changes a checksum or a valid index. Pure.
 */
public final class RepairDecision {

    private final DatabaseSettings database;
    private final Leftovers leftovers;
    private final ProgressTable table;
    private final List<RepairStatement> statements = new ArrayList<>();

    public RepairDecision(DatabaseSettings database, Leftovers leftovers, ProgressTable table) {
        this.database = database;
        this.leftovers = leftovers;
        this.table = table;
    }

    /** In the order in which they have to be done. */
    public List<RepairStatement> statements() {
        statements.clear();
        leftovers.detached().filter(DetachedPartition::pending).ifPresent(this::finish);
        leftovers.failed().forEach(entry -> {
            String reason = "left by " + entry.script() + ", which failed";
            leftovers.left(entry).forEach(index -> drop(index, reason, true));
            add(
                    "entry " + entry.script(),
                    "delete the failed entry of " + entry.label(),
                    "it keeps it from running again",
                    delete(entry),
                    true);
        });
        leftovers
                .died()
                .ifPresent(note -> leftovers
                        .left(note)
                        .forEach(index -> drop(index, "left by " + note.script() + ", which " + end(note), true)));
        leftovers.inTheWay().ifPresent(this::drop);
        leftovers.entry().ifPresent(this::record);
        leftovers.note().filter(note -> leftovers.entry().isEmpty()).ifPresent(this::progress);
        leftovers.unexplained().forEach(index -> drop(index, "no migration is known to have left it", false));
        return List.copyOf(statements);
    }

    private static String end(ProgressNote note) {
        return note.failure().isPresent() ? "failed" : "did not come to its end";
    }

    /**
     * Done statements stay done unless a person names them; a person decides whether one with unknown outcome runs
     * again.
     */
    private void progress(ProgressNote note) {
        if (leftovers.detached().isPresent() && leftovers.anew().isPresent()) {
            passOver(note, "its partition " + leftovers.detached().get().partition() + " is detached then", true);
            forget(note, true);
            return;
        }
        boolean unclear = leftovers.isUnclear();
        boolean again = leftovers.goesOn().isEmpty()
                && leftovers.anew().filter(from -> unclear || from.done() > 0).isPresent();
        if (again) {
            goOn(note, !unclear);
        }
        if (unclear) {
            passOver(note, "its process died while it ran, and only a person can see what it has done", false);
        }
        forget(note, again || leftovers.goesOn().isPresent());
    }

    private void passOver(ProgressNote note, String reason, boolean certain) {
        int next = note.done() + 1;
        add(
                "outcome of statement " + next + " of " + note.script(),
                "take statement " + next + " of " + note.script() + " for done",
                reason,
                table.passOver(),
                certain);
    }

    private void finish(DetachedPartition detached) {
        add(
                "partition " + detached.partition(),
                "bring the detaching of partition " + detached.partition() + " from " + detached.table()
                        + " to its end (FINALIZE)",
                "the statement that detached it failed half-way",
                detached.sql(),
                true);
    }

    private void goOn(ProgressNote note, boolean certain) {
        int next = note.done() + 1;
        add(
                "statement " + next + " of " + note.script(),
                "let " + note.script() + " go on at statement " + next + " of " + note.statements()
                        + ", which runs again",
                note.done() == 0 ? "no other was begun" : "the statements before it are done",
                table.again(),
                certain);
    }

    private void forget(ProgressNote note, boolean kept) {
        String of = note.statements() == 0 ? "" : " of " + note.statements();
        add(
                "progress of " + note.script(),
                "forget that " + note.script() + " was begun, with " + note.done() + of + " statements done"
                        + (note.committed() == 0
                                ? ""
                                : " and what stands before line " + note.committed() + " committed"),
                kept ? "so that it runs from its start, and what is done once more" : "it keeps it from running again",
                table.drop(),
                !kept);
    }

    private void drop(InvalidIndex index, String reason, boolean certain) {
        Repair repair = new Repair(
                database.address(),
                "index " + index.qualifiedName(),
                "drop the invalid index " + index.qualifiedName() + " on " + index.table(),
                reason,
                certain);
        String name = Identifier.qualified(Optional.of(index.schema()), index.name());
        statements.add(new RepairStatement(repair, "DROP INDEX CONCURRENTLY " + name));
    }

    /** Drops a valid index only where a person asks for it by its name. */
    private void drop(BuiltIndex index) {
        Repair repair = new Repair(
                database.address(),
                "index " + index.qualifiedName(),
                "drop the index " + index.qualifiedName() + " on " + index.table() + ", which works: "
                        + index.definition(),
                "it is in the way of a migration that defines it otherwise",
                false);
        String name = Identifier.qualified(Optional.of(index.schema()), index.name());
        statements.add(new RepairStatement(repair, "DROP INDEX CONCURRENTLY " + name));
    }

    /** Entry and note in one transaction: both or none. */
    private void record(MissingEntry entry) {
        add(
                "migration " + entry.script(),
                "record " + entry.script() + " as applied",
                entry.why(),
                entry.sql() + "; " + table.drop(),
                true);
    }

    private void add(String name, String action, String reason, String sql, boolean certain) {
        statements.add(new RepairStatement(new Repair(database.address(), name, action, reason, certain), sql));
    }

    private String delete(FailedEntry entry) {
        MigrationSettings migrations = database.migrations();
        String history = Identifier.qualified(migrations.schemas().stream().findFirst(), migrations.table());
        return "DELETE FROM " + history + " WHERE installed_rank = " + entry.rank() + " AND NOT success";
    }
}
