package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations in Java, in jars that are built here. */
class JavaMigrationTest {

    private static final String LOAD = """
            package db.migration;
            import org.flywaydb.core.api.migration.*;
            public class V2__Load_data extends BaseJavaMigration {
                @Override public void migrate(Context context) throws Exception {
                    try (var statement = context.getConnection().createStatement()) {
                        statement.execute("INSERT INTO t1 VALUES (%d)");
                    }
                }
            }
            """;

    @TempDir
    private Path directory;

    private final TestDatabase database = new TestDatabase().tables(1);

    @Test
    void isPlannedWithItsClassAndRuns() throws IOException {
        jar("migrations.jar", "V2__Load_data", LOAD.formatted(42));
        Resource planned = database.refresh();

        Migration migration = planned.migrations().get(1);
        assertEquals(List.of(), planned.findings());
        assertEquals("db.migration.V2__Load_data", migration.script());
        assertEquals("Load data", migration.description());
        assertTrue(migration.transactional());
        assertEquals(planned, Recordings.recalled(database, Recordings.taken(database)));
        database.apply();
        assertEquals(database.refresh(), Recordings.recalled(database, Recordings.taken(database)));
        assertEquals("42", database.query("SELECT id FROM t1"));
        assertEquals(
                "2|JDBC|db.migration.V2__Load_data",
                database.query("SELECT format('%s|%s|%s', version, type, script) FROM flyway_schema_history"
                        + " WHERE type = 'JDBC'"));
        assertEquals(List.of(), database.refresh().findings());
    }

    @Test
    void mayRunOutsideOfATransaction() throws IOException {
        jar("migrations.jar", "V2__Outside", """
                package db.migration;
                import org.flywaydb.core.api.migration.*;
                public class V2__Outside extends BaseJavaMigration {
                    @Override public boolean canExecuteInTransaction() { return false; }
                    @Override public void migrate(Context context) throws Exception {
                        try (var statement = context.getConnection().createStatement()) {
                            statement.execute("INSERT INTO t1 VALUES (1)");
                            statement.execute("SELECT 1 / 0");
                        }
                    }
                }
                """);

        assertFalse(database.refresh().migrations().get(1).transactional());
        Findings.thrown("postgres.migration-failed", database::apply);
        assertEquals("1", database.query("SELECT id FROM t1"));
        Findings.only("postgres.failed-entry", database.refresh().findings());
    }

    @Test
    void aJarThatIsEditedBetweenPlanAndApplyIsStale() throws IOException {
        jar("migrations.jar", "V2__Load_data", LOAD.formatted(42));
        Resource planned = database.refresh();
        jar("migrations.jar", "V2__Load_data", LOAD.formatted(666));
        Diagnostic moved = Findings.thrown("postgres.migrations-moved", () -> database.apply(planned));

        assertTrue(moved.summary().contains("db.migration.V2__Load_data was edited"), moved.summary());
        assertFalse(database.hasTable("t1"));
    }

    /** The other class is loaded at its first use, and the jar is overwritten in place before that. */
    @Test
    void aJarThatIsOverwrittenWhileItRunsRunsAsItWasReviewed() throws IOException {
        String source = """
                package db.migration;
                import java.nio.file.*;
                import org.flywaydb.core.api.migration.*;
                public class V2__Lazy extends BaseJavaMigration {
                    @Override public void migrate(Context context) throws Exception {
                        Files.write(Path.of("%1$s/migrations.jar"), Files.readAllBytes(Path.of("%1$s/other.jar")));
                        try (var statement = context.getConnection().createStatement()) {
                            statement.execute(Later.sql());
                        }
                    }
                    static class Later {
                        static String sql() { return "INSERT INTO t1 VALUES (%2$d)"; }
                    }
                }
                """;
        jar("other.jar", "V2__Lazy", source.formatted(directory, 13));
        jar("migrations.jar", "V2__Lazy", source.formatted(directory, 42));

        database.apply();

        assertEquals("42", database.query("SELECT id FROM t1"));
    }

    @Test
    void aJarThatIsMissingIsTold() {
        database.migrations().putArray("jars").add(directory.resolve("no.jar").toString());

        assertTrue(Findings.only("postgres.missing-location", database.refresh().findings())
                .summary()
                .contains("no.jar of database main does not exist"));
    }

    @Test
    void aClassThatIsNoMigrationIsTold() throws IOException {
        jar("migrations.jar", "V2__Nothing", "package db.migration; public class V2__Nothing {}");

        assertTrue(unusable().contains("does not implement org.flywaydb.core.api.migration.JavaMigration"));
    }

    @Test
    void aClassThatCannotBeMadeIsTold() throws IOException {
        jar("migrations.jar", "V2__Broken", """
                package db.migration;
                public class V2__Broken extends org.flywaydb.core.api.migration.BaseJavaMigration {
                    public V2__Broken() { throw new IllegalStateException("no settings"); }
                    @Override public void migrate(org.flywaydb.core.api.migration.Context context) {}
                }
                """);

        assertTrue(unusable().contains("no settings"), unusable());
    }

    @Test
    void aClassForANewerJavaIsTold() throws IOException {
        Path type = compile("V2__Load_data", LOAD.formatted(42));
        byte[] bytes = Files.readAllBytes(type);
        bytes[7] = 99;
        Files.write(type, bytes);
        pack("migrations.jar");

        assertTrue(unusable().contains("is made for Java 55; this is Java "), unusable());
    }

    private String unusable() {
        return Findings.only("postgres.unusable-class", database.refresh().findings())
                .summary();
    }

    private void jar(String name, String type, String source) throws IOException {
        compile(type, source);
        pack(name);
    }

    private Path compile(String type, String source) throws IOException {
        Path file = Files.writeString(directory.resolve(type + ".java"), source);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.toString(),
                        file.toString());
        assertEquals(0, failed);
        return directory.resolve("db/migration").resolve(type + ".class");
    }

    private void pack(String name) throws IOException {
        Path jar = directory.resolve(name);
        Path written = Files.createTempFile(directory, "jar", ".tmp");
        try (OutputStream out = Files.newOutputStream(written);
                JarOutputStream content = new JarOutputStream(out);
                Stream<Path> classes = Files.list(directory.resolve("db/migration"))) {
            for (Path type : classes.sorted().toList()) {
                content.putNextEntry(new JarEntry("db/migration/" + type.getFileName()));
                content.write(Files.readAllBytes(type));
            }
        }
        Files.move(written, jar, StandardCopyOption.REPLACE_EXISTING);
        database.migrations().putArray("jars").add(jar.toString());
    }
}
