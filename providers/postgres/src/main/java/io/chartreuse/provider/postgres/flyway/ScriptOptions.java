package io.chartreuse.provider.postgres.flyway;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What the {@code .conf} file beside a migration says, as far as we need to know it before Flyway does.
 *
 * @param encoding     of the migration; empty: as all
 * @param placeholders whether {@code ${…}} is replaced in it
 */
record ScriptOptions(Optional<Charset> encoding, boolean placeholders) {

    private static final ScriptOptions NONE = new ScriptOptions(Optional.empty(), true);

    /**
     * Reads the options of that migration.
     *
     * @throws IllegalArgumentException for an encoding that Java does not know
     */
    static ScriptOptions of(Path migration) throws IOException {
        Path file = migration.resolveSibling(migration.getFileName() + ".conf");
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        Properties options = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            options.load(reader);
        }
        return new ScriptOptions(
                Optional.ofNullable(options.getProperty("encoding")).map(name -> Charset.forName(name.strip())),
                !"false"
                        .equalsIgnoreCase(options.getProperty("placeholderReplacement", "true")
                                .strip()));
    }
}
