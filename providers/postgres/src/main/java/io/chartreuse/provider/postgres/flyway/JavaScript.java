package io.chartreuse.provider.postgres.flyway;

import java.nio.file.Path;
import java.util.Objects;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * A migration in Java.
 *
 * @param type   its class; the history and plans have its name as the script
 * @param jar    where it is from
 * @param digest of the whole jar: what else is in it may matter
 */
record JavaScript(Class<? extends JavaMigration> type, Path jar, String digest) {
    JavaScript {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(jar, "jar");
        Objects.requireNonNull(digest, "digest");
    }

    /** As the history names it. */
    String name() {
        return type.getName();
    }
}
