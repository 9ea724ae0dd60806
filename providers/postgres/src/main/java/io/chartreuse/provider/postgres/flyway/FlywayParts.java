package io.chartreuse.provider.postgres.flyway;

import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.callback.CallbackExecutor;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.resolver.CompositeMigrationResolver;
import org.flywaydb.core.internal.schemahistory.SchemaHistory;

/**
 * The parts of Flyway for code that runs inside of it: connected, with files found and callbacks ready. Flyway closes
 * the connection afterwards.
 *
 * @param schema  the one with the history
 * @param schemas all that are managed
 */
record FlywayParts(
        Configuration configuration,
        CompositeMigrationResolver resolver,
        SchemaHistory history,
        Database<?> database,
        Schema<?, ?> schema,
        Schema<?, ?>[] schemas,
        CallbackExecutor<Event> callbacks) {}
