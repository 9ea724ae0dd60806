package io.chartreuse.provider.postgres.settings;

import java.util.List;

/** The settings of the migration tool, with that tool's own names. */
public sealed interface ToolSettings permits MigrationSettings, AlembicSettings {

    /** The tool's history table: a database without any other table counts as empty. */
    String table();

    /** The schemas that count where a database is looked at for tables; empty: all. */
    List<String> schemas();
}
