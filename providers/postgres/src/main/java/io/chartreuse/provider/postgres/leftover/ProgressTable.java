package io.chartreuse.provider.postgres.leftover;

import io.chartreuse.provider.postgres.settings.MigrationSettings;
import java.util.Optional;

/**
 * The table that exists while a migration runs outside of a transaction, beside the tool's own table and named after
 * it. It has one row, and is dropped when the migration has succeeded.
 *
 * @param name quoted, as statements write it
 */
public record ProgressTable(String name) {

    static final String SUFFIX = "_progress";

    /** A message without a state: the failure was repaired, and no process has died since. */
    private static final String REPAIRED = "message = 'repaired'";

    /** Beside Flyway's history. */
    public static ProgressTable of(MigrationSettings migrations) {
        return beside(migrations.schemas().stream().findFirst(), migrations.table());
    }

    /** @param schema of the tool's own table; empty: where the search path finds it */
    public static ProgressTable beside(Optional<String> schema, String table) {
        return new ProgressTable(Identifier.qualified(schema, table + SUFFIX));
    }

    String create() {
        return "CREATE TABLE IF NOT EXISTS " + name
                + " (script text NOT NULL, digest text NOT NULL, run text NOT NULL, begun timestamptz NOT NULL DEFAULT"
                + " now(), server int NOT NULL, server_start timestamptz, statements int NOT NULL,"
                + " done int NOT NULL DEFAULT 0, line int NOT NULL DEFAULT 0, build text, build_index text,"
                + " build_table text, invalid_before bigint[] NOT NULL DEFAULT '{}', sqlstate text, message text,"
                + " committed int NOT NULL DEFAULT 0, started int NOT NULL DEFAULT 0, exact boolean NOT NULL DEFAULT false);"
                // The table of an older version lacks these columns.
                + " ALTER TABLE " + name + " ADD COLUMN IF NOT EXISTS committed int NOT NULL DEFAULT 0,"
                + " ADD COLUMN IF NOT EXISTS started int NOT NULL DEFAULT 0,"
                + " ADD COLUMN IF NOT EXISTS exact boolean NOT NULL DEFAULT false";
    }

    String clear() {
        return "DELETE FROM " + name;
    }

    String begin() {
        return "INSERT INTO " + name + " (script, digest, run, statements, exact, server, server_start)"
                + " SELECT ?, ?, ?, ?, ?, ?, (SELECT backend_start FROM pg_catalog.pg_stat_activity WHERE pid = ?)";
    }

    String goOn() {
        return "UPDATE " + name + " SET run = ?, done = ?, started = ?, exact = ?, line = 0, build = NULL,"
                + " build_index = NULL, build_table = NULL, invalid_before = '{}', sqlstate = NULL, message = NULL,"
                + " server = ?, server_start = (SELECT backend_start FROM pg_catalog.pg_stat_activity WHERE pid = ?)";
    }

    /** The name with its schema, independent of the search path. */
    String qualified() {
        return "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.oid = pg_catalog.to_regclass(?)::oid";
    }

    /** For the session that executes the statement, in one transaction with it. */
    static String noted(String qualified, int done) {
        return "UPDATE " + qualified + " SET done = " + done;
    }

    /** Forgets the statement that was announced last: it is not known whether it has reached the server. */
    String notBegun() {
        return "UPDATE " + name + " SET started = done";
    }

    /** For the session that executes the statement, before it. */
    static String begun(String qualified, int started) {
        return "UPDATE " + qualified + " SET started = " + started;
    }

    String inexact() {
        return "UPDATE " + name + " SET exact = false";
    }

    /** Restarts the current statement; done statements do not run again. */
    String again() {
        return "UPDATE " + name + " SET started = done, sqlstate = NULL, " + REPAIRED;
    }

    /** Counts the current statement as done. */
    String passOver() {
        return "UPDATE " + name + " SET done = done + 1, started = done + 1, sqlstate = NULL, " + REPAIRED;
    }

    String statement() {
        return "UPDATE " + name
                + " SET started = ?, line = ?, build = ?, build_index = ?, build_table = ?, sqlstate = NULL, message = NULL,"
                + " invalid_before = coalesce((SELECT pg_catalog.array_agg(indexrelid::bigint) FROM pg_catalog.pg_index"
                + " WHERE NOT indisvalid), '{}')";
    }

    String done() {
        return "UPDATE " + name
                + " SET done = ?, exact = exact OR ?, line = CASE statements WHEN 0 THEN 0 ELSE line END";
    }

    String committed() {
        return "UPDATE " + name + " SET committed = ?";
    }

    String failed() {
        return "UPDATE " + name + " SET sqlstate = ?, message = ?";
    }

    String leftInvalid() {
        return "UPDATE " + name
                + " SET done = greatest(done - 1, 0), sqlstate = '', message = ?, build = 'new', build_index = ?,"
                + " build_table = ?, invalid_before = '{}'";
    }

    String drop() {
        return "DROP TABLE IF EXISTS " + name;
    }

    /** Without the same server process, the statement is no longer executed. */
    String read() {
        return "SELECT p.*, coalesce((pg_catalog.to_jsonb(p) OPERATOR(pg_catalog.->>) 'committed')::int, 0) AS committed_before,"
                + " coalesce((pg_catalog.to_jsonb(p) OPERATOR(pg_catalog.->>) 'started')::int, 0) AS started_statements,"
                + " coalesce((pg_catalog.to_jsonb(p) OPERATOR(pg_catalog.->>) 'exact')::boolean, false) AS is_exact,"
                + " EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.pid = p.server"
                + " AND a.backend_start IS NOT DISTINCT FROM p.server_start AND a.datname = pg_catalog.current_database()"
                + " AND a.pid <> pg_catalog.pg_backend_pid()) AS alive FROM " + name + " p";
    }
}
