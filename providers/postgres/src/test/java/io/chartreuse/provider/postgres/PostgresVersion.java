package io.chartreuse.provider.postgres;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;

/** The versions of PostgreSQL that tests run against. */
enum PostgresVersion {
    /** The build copies its binaries, because the class path can hold only one version of an artifact. */
    OLDEST(13, Path.of("target/postgres-oldest/binaries.jar")),
    NEWEST(18, Path.of(""));

    private final int major;
    private final Path binaries;

    PostgresVersion(int major, Path binaries) {
        this.major = major;
        this.binaries = binaries;
    }

    int major() {
        return major;
    }

    PgBinaryResolver resolver() {
        return this::binary;
    }

    private InputStream binary(String system, String machine) throws IOException {
        String name = "postgres-" + system.toLowerCase(Locale.ROOT) + "-" + machine + ".txz";
        return this == NEWEST
                ? PostgresVersion.class.getResourceAsStream("/" + name)
                : new URL("jar:" + binaries.toUri() + "!/" + name).openStream();
    }
}
