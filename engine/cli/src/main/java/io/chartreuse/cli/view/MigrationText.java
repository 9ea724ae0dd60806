package io.chartreuse.cli.view;

import io.chartreuse.spi.model.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An entry of a plan's migrations in words that all views share. */
public final class MigrationText {

    /** Where a schema with a long history is taken over, every file of it is skipped. */
    private static final int SHOWN_SKIPPED = 5;

    private MigrationText() {}

    /** Its version, or what it is where it has none. */
    static String name(Migration migration) {
        String other = migration.kind() == Migration.Kind.CALLBACK ? "callback" : "repeatable";
        return migration.version().orElse(other);
    }

    /** What a reviewer has to know of it: {@code not transactional: COMMIT in line 3}; empty where there is nothing. */
    public static String marks(Migration migration) {
        List<String> marks = new ArrayList<>();
        kind(migration).ifPresent(marks::add);
        if (!migration.transactional()) {
            marks.add("not transactional");
        }
        String said = String.join(", ", marks);
        return migration
                .note()
                .map(note -> said.isEmpty() ? note : said + ": " + note)
                .orElse(said);
    }

    private static Optional<String> kind(Migration migration) {
        return switch (migration.kind()) {
            case MIGRATION -> Optional.empty();
            case OUT_OF_ORDER -> Optional.of("out of order");
            case JAVA -> Optional.of("in Java");
            case CALLBACK -> Optional.of("callback");
            case BASELINE -> Optional.of("baseline");
            case SKIPPED -> Optional.of("skipped for good");
            case UNDO -> Optional.of("undo, does not run");
        };
    }

    /** What stands in the place of SQL that the plan does not hold. */
    public static String withoutSql(Migration migration) {
        return switch (migration.kind()) {
            case JAVA -> "it is written in Java: the plan cannot show what it executes";
            case BASELINE, SKIPPED, UNDO -> "nothing of it is executed";
            default ->
                migration
                        .largeSql()
                        .map(sql ->
                                "its SQL is too large for the plan: " + HeldSql.size(sql) + ", digest " + sql.digest())
                        .orElse("its SQL is not known");
        };
    }

    /** All but the many that are skipped. */
    static List<Migration> folded(List<Migration> migrations) {
        List<Migration> shown = new ArrayList<>();
        long skipped = 0;
        for (Migration migration : migrations) {
            skipped += migration.kind() == Migration.Kind.SKIPPED ? 1 : 0;
            if (migration.kind() != Migration.Kind.SKIPPED || skipped <= SHOWN_SKIPPED) {
                shown.add(migration);
            }
        }
        return List.copyOf(shown);
    }

    /** How many of them {@link #folded} leaves out. */
    static Optional<String> left(List<Migration> migrations) {
        int more = migrations.size() - folded(migrations).size();
        return more == 0
                ? Optional.empty()
                : Optional.of("and " + more + " more that are skipped for good; --output json names them");
    }
}
