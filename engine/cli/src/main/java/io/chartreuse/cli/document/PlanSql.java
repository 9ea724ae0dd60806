package io.chartreuse.cli.document;

import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Migration;
import java.util.List;

/**
 * The SQL of a plan's pending migrations, in the order in which they run. All else is comments: names come from files and
 * from plans that others wrote, so none of them can end its line.
 */
public final class PlanSql {

    private static final String RULE = "-- " + "=".repeat(70) + "\n";

    private final StringBuilder text = new StringBuilder();

    private PlanSql() {}

    /** The script; comments alone where nothing is pending. */
    public static String of(Plan plan) {
        PlanSql script = new PlanSql();
        List<Change> databases = plan.stages().stream()
                .filter(stage -> stage.name() == StageName.MIGRATE)
                .flatMap(stage -> stage.steps().stream())
                .map(step -> plan.change(step.address()))
                .toList();
        long count = databases.stream()
                .flatMap(change -> change.migrations().stream())
                .filter(migration -> migration.kind().isPending())
                .count();
        script.comment(
                "Plan " + plan.shortId() + " for release " + plan.release() + ": " + count + " pending migrations");
        script.comment("For reading. `chartreuse apply` runs them, with locks, history and workloads; psql would not.");
        databases.forEach(script::database);
        return script.text.toString();
    }

    private void database(Change change) {
        text.append('\n').append(RULE);
        comment(change.address() + ": " + change.reason());
        text.append(RULE);
        change.migrations().forEach(this::migration);
    }

    private void migration(Migration migration) {
        text.append('\n');
        String version =
                migration.version().map(number -> "version " + number + ": ").orElse("");
        comment("---- " + migration.script() + " (" + migration.kind().word() + ", " + version + migration.description()
                + ")");
        migration.note().ifPresent(note -> comment("     " + note));
        if (!migration.kind().isExecuted()) {
            comment("     nothing is executed for it");
            return;
        }
        if (!migration.transactional()) {
            comment("!!!! NOT TRANSACTIONAL: what ran before a failure stays");
        }
        migration
                .sql()
                .ifPresentOrElse(this::sql, () -> comment("!!!! THE PLAN DOES NOT HOLD THE SQL OF THIS MIGRATION"));
    }

    private void sql(String sql) {
        String statements = sql.stripTrailing();
        text.append(statements).append('\n');
        if (Migration.isShortened(sql)) {
            comment("!!!! THE PLAN HOLDS NO MORE OF THIS MIGRATION: the statement above is not whole");
        }
        if (!statements.endsWith(";") && !statements.endsWith("\\.")) {
            text.append(";\n");
        }
    }

    private void comment(String line) {
        text.append("-- ").append(SafeText.onOneLine(line)).append('\n');
    }
}
