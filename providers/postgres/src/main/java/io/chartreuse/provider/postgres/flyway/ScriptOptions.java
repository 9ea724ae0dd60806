package io.chartreuse.provider.postgres.flyway;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What the {@code .conf} file beside a migration says, as far as we need to know it before Flyway does.
 *
 * @param encoding     of the migration; empty: as all
 * @param placeholders whether {@code ${…}} is replaced in it
 * @param others       whether it says anything else
 */
record ScriptOptions(Optional<Charset> encoding, boolean placeholders, boolean others) {

    /** There is no such file. */
    static final ScriptOptions NONE = new ScriptOptions(Optional.empty(), true, false);

    /**
     * Reads the options of a migration.
     *
     * @param file the {@code .conf} file
     * @throws IllegalArgumentException for an encoding that Java does not know
     */
    static ScriptOptions read(Path file) throws IOException {
        Properties options = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            options.load(reader);
        }
        Optional<Charset> encoding =
                Optional.ofNullable(options.getProperty("encoding")).map(name -> Charset.forName(name.strip()));
        boolean placeholders = !"false"
                .equalsIgnoreCase(
                        options.getProperty("placeholderReplacement", "true").strip());
        Set<String> known = Set.of("encoding", "placeholderReplacement");
        return new ScriptOptions(encoding, placeholders, !known.containsAll(options.stringPropertyNames()));
    }
}
