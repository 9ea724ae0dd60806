package io.chartreuse.provider.postgres.flyway;

import java.nio.file.Path;
import java.util.Objects;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * A migration in Java.
 *
 * @param migration what runs; the history and plans have the name of its class as the script
 * @param jar       where it is from
 * @param digest    of the whole jar: what else is in it may matter
 */
record JavaMigrationScript(JavaMigration migration, Path jar, String digest) {
    JavaMigrationScript {
        Objects.requireNonNull(migration, "migration");
        Objects.requireNonNull(jar, "jar");
        Objects.requireNonNull(digest, "digest");
    }

    /** As the history names it. */
    String name() {
        return migration.getClass().getName();
    }
}
