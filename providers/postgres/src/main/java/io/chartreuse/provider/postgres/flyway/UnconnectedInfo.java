package io.chartreuse.provider.postgres.flyway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.info.MigrationInfoServiceImpl;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.resolver.CompositeMigrationResolver;
import org.flywaydb.core.internal.util.ValidatePatternUtils;

/**
 * Flyway's {@code info} on a recorded history: Flyway's own classes compare it with the files, as with a connection.
 */
final class UnconnectedInfo {

    private final Configuration flyway;
    private final ScriptSet scripts;
    private final RecordedHistory history;

    /** @param flyway the configuration of a Flyway that only reads */
    UnconnectedInfo(Configuration flyway, ScriptSet scripts, RecordedHistory history) {
        this.flyway = flyway;
        this.scripts = scripts;
        this.history = history;
    }

    FlywayInfo read() {
        RecordedRows rows = new RecordedRows(history, flyway);
        MigrationInfoServiceImpl service = new MigrationInfoServiceImpl(
                resolver(),
                rows,
                null,
                flyway,
                flyway.getTarget(),
                flyway.isOutOfOrder(),
                ValidatePatternUtils.getIgnoreAllPattern());
        if (!history.schemasEmpty() && flyway.isBaselineOnMigrate() && !rows.exists()) {
            service.setBaselineOnMigrateVersion(flyway.getBaselineVersion());
        }
        service.refresh();
        return FlywayInfo.of(service, history.schemasEmpty());
    }

    private CompositeMigrationResolver resolver() {
        ParsingContext context = context();
        return new CompositeMigrationResolver(
                scripts,
                List::of,
                flyway,
                (connection, undo, batch, output) -> {
                    throw new IllegalStateException("nothing is executed without a connection");
                },
                new UnconnectedPostgres().createSqlScriptFactory(flyway, context),
                context,
                null,
                flyway.getResolvers());
    }

    private ParsingContext context() {
        ParsingContext context = new ParsingContext();
        Map<String, String> values = context.getPlaceholders();
        // Any value will do: a script that depends on it is refused, because it differs at every run.
        values.put(Placeholders.TIMESTAMP, "1970-01-01 00:00:00");
        values.put(
                "flyway:workingDirectory",
                Optional.ofNullable(flyway.getWorkingDirectory()).orElse(System.getProperty("user.dir")));
        values.put("flyway:table", flyway.getTable());
        values.put("flyway:environment", flyway.getCurrentEnvironmentName());
        values.putAll(history.placeholders());
        return context;
    }
}
