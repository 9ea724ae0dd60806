package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.migrate.MigrationStatus.Repeatables;
import java.util.List;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/** Reads the repeatable migrations: their checksums in the history and in the files. */
final class RepeatableReader {

    private RepeatableReader() {}

    /** @param ahead whether the files are older than the database: then the existing checksums are the wanted ones */
    static Repeatables read(List<MigrationInfoImpl> all, boolean ahead) {
        TreeMap<String, String> observed = new TreeMap<>();
        TreeMap<String, String> wanted = new TreeMap<>();
        all.stream()
                .filter(info -> !info.isVersioned() && info.getResolvedMigration() != null)
                .forEach(info -> add(info, observed, wanted));
        return new Repeatables(observed, ahead ? observed : wanted);
    }

    /**
     * Where a file's checksum is only equivalent (other placeholders), the wanted checksum is the one in the history.
     */
    private static void add(MigrationInfoImpl info, TreeMap<String, String> observed, TreeMap<String, String> wanted) {
        MigrationState state = info.getState();
        if (state == MigrationState.SUCCESS || state == MigrationState.OUTDATED) {
            observed.put(info.getDescription(), String.valueOf(info.getAppliedChecksum()));
        }
        if (state == MigrationState.SUCCESS) {
            wanted.put(info.getDescription(), String.valueOf(info.getAppliedChecksum()));
        }
        if (state == MigrationState.PENDING) {
            wanted.put(info.getDescription(), String.valueOf(info.getResolvedChecksum()));
        }
    }
}
