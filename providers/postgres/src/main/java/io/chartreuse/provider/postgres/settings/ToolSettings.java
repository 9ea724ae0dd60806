package io.chartreuse.provider.postgres.settings;

import java.util.List;

/** What carries a database forward: one of the tools, in that tool's own words. */
public sealed interface ToolSettings permits MigrationSettings, AlembicSettings {

    /** The table in which the tool keeps its history: a database that has no other is empty. */
    String table();

    /** The schemas that count where a database is looked at for tables; empty: all. */
    List<String> schemas();
}
