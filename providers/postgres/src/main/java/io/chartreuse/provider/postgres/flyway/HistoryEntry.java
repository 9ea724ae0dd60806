package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.leftover.Identifier;
import io.chartreuse.provider.postgres.settings.MigrationSettings;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.flywaydb.core.internal.util.AbbreviationUtils;

/**
 * The entry of a migration that succeeded, as Flyway would have written it. How long it took is not known any more.
 *
 * @param by who ran it
 */
record HistoryEntry(MigrationInfoImpl migration, String by, MigrationSettings settings) {

    private static final int LONGEST_NAME = 100;

    /** The statement that adds it after all others. */
    String insert() {
        String history = Identifier.qualified(settings.schemas().stream().findFirst(), settings.table());
        Integer checksum = migration.getResolvedMigration().getChecksum();
        String values = Stream.of(
                        text(
                                migration.getVersion() == null
                                        ? null
                                        : migration.getVersion().toString()),
                        text(AbbreviationUtils.abbreviateDescription(migration.getDescription())),
                        text(migration.getType().name()),
                        text(AbbreviationUtils.abbreviateScript(migration.getScript())),
                        checksum == null ? "NULL::int" : String.valueOf(checksum),
                        text(by.substring(0, Math.min(by.length(), LONGEST_NAME))),
                        "0",
                        "true")
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + history
                + " (installed_rank, version, description, type, script, checksum, installed_by,"
                + " execution_time, success) SELECT coalesce(max(installed_rank), 0) + 1, " + values + " FROM "
                + history;
    }

    /** Independent of the session's {@code standard_conforming_strings}. */
    private static String text(String value) {
        if (value == null) {
            return "NULL::text";
        }
        return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
