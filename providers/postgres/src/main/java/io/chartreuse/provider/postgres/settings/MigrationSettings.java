package io.chartreuse.provider.postgres.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a database's migrations are and how they run, with Flyway's names.
 *
 * @param locations       absolute directories, in the user's order
 * @param target          the version to stop at; empty: the highest
 * @param schemas         what Flyway manages; empty: the connection's current schema
 * @param table           the history table
 * @param baselineVersion the baseline version of an existing schema; empty: no baseline
 * @param options         rarely needed options
 */
public record MigrationSettings(
        List<Path> locations,
        Optional<String> target,
        List<String> schemas,
        String table,
        Map<String, String> placeholders,
        boolean outOfOrder,
        Optional<String> baselineVersion,
        FlywayOptions options)
        implements ToolSettings {

    /** With Flyway's defaults for rarely needed options. */
    public MigrationSettings(
            List<Path> locations,
            Optional<String> target,
            List<String> schemas,
            String table,
            Map<String, String> placeholders,
            boolean outOfOrder,
            Optional<String> baselineVersion) {
        this(locations, target, schemas, table, placeholders, outOfOrder, baselineVersion, FlywayOptions.DEFAULT);
    }

    public MigrationSettings {
        Objects.requireNonNull(options, "options");
        locations = List.copyOf(locations);
        schemas = List.copyOf(schemas);
        placeholders = Map.copyOf(placeholders);
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(baselineVersion, "baselineVersion");
        if (locations.isEmpty()) {
            throw new IllegalArgumentException("migrations need a location");
        }
    }
}
