package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.chartreuse.spi.model.Migration;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chartreuse takes the same files for migrations as Flyway's own scanner, with many names and naming options. */
class SameNamesTest {

    private static final List<String> PREFIXES = List.of("B", "V", "v", "", "R", "U", "pre-", "after", "VV");
    private static final List<String> SEPARATORS = List.of("__", "_", "--", "");
    private static final List<String> SUFFIXES = List.of(".sql", ".SQL", ".pg.sql", ".txt", ".sql.txt");

    private final TestDatabase database = new TestDatabase();

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "V, R, __, .sql",
                "'', R, __, .sql",
                "V, '', __, .sql",
                "'', after, --, .sql",
                "pre-, R, _, .sql .txt",
                "V, R, --, .pg.sql",
                "VV, V, __, .SQL",
            })
    void theSameFilesAreMigrations(String prefix, String repeatable, String separator, String suffixes) {
        int number = 100;
        for (String begin : PREFIXES) {
            for (String middle : SEPARATORS) {
                for (String end : SUFFIXES) {
                    number += 3;
                    database.script("sub/" + begin + number + middle + "x" + number + end, "SELECT 1;");
                    database.script(begin + middle + "y" + number + end, "SELECT 1;");
                    database.script("sub/" + begin + "1." + number + middle + end, "SELECT 1;");
                }
            }
        }
        List.of("beforeMigrate.sql", "afterMigrate__x.sql", "aftermigrate.sql", ".sql", "..sql", "__.sql")
                .forEach(file -> database.script(file, "SELECT 1;"));
        database.migrations()
                .put("sqlMigrationPrefix", prefix)
                .put("repeatableSqlMigrationPrefix", repeatable)
                .put("sqlMigrationSeparator", separator);
        for (String suffix : suffixes.split(" ")) {
            database.migrations().withArray("sqlMigrationSuffixes").add(suffix);
        }

        SortedSet<String> flyways = flyways(prefix, repeatable, separator, suffixes.split(" "));
        assertFalse(flyways.isEmpty());
        assertEquals(flyways, ours());
    }

    private SortedSet<String> ours() {
        return Migration.pending(database.refresh().migrations()).stream()
                .map(Migration::script)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private SortedSet<String> flyways(String prefix, String repeatable, String separator, String... suffixes) {
        Flyway flyway = Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://localhost:" + TestServer.port() + "/" + database.name,
                        database.user,
                        TestDatabase.PASSWORD)
                .loggers("slf4j")
                .locations("filesystem:" + database.directory.resolve("migrations"))
                .sqlMigrationPrefix(prefix)
                .repeatableSqlMigrationPrefix(repeatable)
                .sqlMigrationSeparator(separator)
                .sqlMigrationSuffixes(suffixes)
                .load();
        return Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState() == MigrationState.PENDING)
                .map(MigrationInfo::getScript)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
