package io.chartreuse.provider.postgres.flyway;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.flywaydb.core.FlywayExecutor;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.schemahistory.SchemaHistory;

/** Records what Flyway reads of a database. */
final class HistoryRecorder {

    private static final List<String> PLACEHOLDERS = List.of("flyway:defaultSchema", "flyway:database", "flyway:user");

    private final Configuration flyway;

    /** @param flyway one that only reads, connected */
    HistoryRecorder(Configuration flyway) {
        this.flyway = flyway;
    }

    /** @throws FlywayException where the database cannot be read */
    RecordedHistory read() {
        return new FlywayExecutor(flyway)
                .execute(
                        (resolver, history, database, schema, schemas, callbacks, interceptor) ->
                                record(history, database, schemas),
                        true,
                        null);
    }

    private RecordedHistory record(SchemaHistory history, Database<?> database, Schema<?, ?>[] schemas) {
        return new RecordedHistory(
                history.exists(),
                history.allAppliedMigrations().stream().map(HistoryRow::of).toList(),
                Arrays.stream(schemas).filter(Schema::exists).allMatch(Schema::empty),
                placeholders(database));
    }

    private SortedMap<String, String> placeholders(Database<?> database) {
        ParsingContext context = new ParsingContext();
        context.populate(database, flyway);
        SortedMap<String, String> values = new TreeMap<>(context.getPlaceholders());
        values.keySet().retainAll(PLACEHOLDERS);
        return values;
    }
}
