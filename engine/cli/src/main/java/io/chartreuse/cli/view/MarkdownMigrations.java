package io.chartreuse.cli.view;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Migration;
import java.util.List;

/** The migrations of a plan with their SQL folded, as far as there is room. */
final class MarkdownMigrations {

    /** So much of a comment is left for titles when no more SQL fits. */
    private static final int ROOM_FOR_TITLES = 15_000;

    private final StringBuilder text = new StringBuilder();
    private final int room;
    private int untold;

    private MarkdownMigrations(int room) {
        this.room = room;
    }

    /** @param room how many characters there may be; enough for a title is expected */
    static String of(Plan plan, int room) {
        MarkdownMigrations migrations = new MarkdownMigrations(room);
        List<Change> databases = plan.changes().stream()
                .filter(change -> !change.migrations().isEmpty())
                .toList();
        databases.forEach(change ->
                MigrationText.folded(change.migrations()).forEach(migration -> migrations.add(change, migration)));
        databases.forEach(
                change -> MigrationText.left(change.migrations()).ifPresent(more -> migrations.more(change, more)));
        return migrations.whole();
    }

    private String whole() {
        return untold == 0 ? text.toString() : text + "\nAnd " + untold + " more, which the plan itself lists.\n";
    }

    private void add(Change change, Migration migration) {
        String title = title(change, migration);
        String folded = migration
                .sql()
                .map(sql -> folded(title, sql))
                .filter(whole -> text.length() + whole.length() < room - ROOM_FOR_TITLES)
                .orElseGet(() -> "- " + title + ": "
                        + (migration.sql().isPresent()
                                ? "too long to be shown here; `--output json` has it"
                                : MigrationText.withoutSql(migration))
                        + "\n\n");
        if (untold == 0 && text.length() + folded.length() < room) {
            text.append(folded);
        } else {
            untold++;
        }
    }

    private void more(Change change, String more) {
        text.append("- ")
                .append(more)
                .append(" (")
                .append(MarkdownText.of(change.address().toString()))
                .append(")\n\n");
    }

    private static String folded(String title, String sql) {
        return "<details><summary>" + title + "</summary>\n\n" + MarkdownText.block("sql", sql) + "\n</details>\n\n";
    }

    private static String title(Change change, Migration migration) {
        return MarkdownText.code(migration.script()) + " " + MarkdownText.of(migration.description()) + " ("
                + MarkdownText.of(change.address().toString()) + ")"
                + (MigrationText.marks(migration).isEmpty()
                        ? ""
                        : ", <b>" + MarkdownText.of(MigrationText.marks(migration)) + "</b>");
    }
}
