package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the password is, and where it is not. */
@Timeout(120)
class AlembicSecretsTest {

    private static final String SPY = """
            import os, pathlib
            def show(name, text):
                pathlib.Path("%s", name).write_text(text)
            show("command", pathlib.Path("/proc/self/cmdline").read_text())
            show("environment", pathlib.Path("/proc/self/environ").read_text())
            show("ini", pathlib.Path(context.config.config_file_name).read_text())
            show("path", context.config.config_file_name)
            show("mode", oct(os.stat(context.config.config_file_name).st_mode) + oct(os.stat(os.path.dirname(context.config.config_file_name)).st_mode))
            print("the password is " + os.environ["PGPASSWORD"])""";

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;

    private String seen(String name) throws IOException {
        return Files.readString(database.directory.resolve(name));
    }

    @Test
    void thePasswordIsInTheEnvironmentOfTheProcessAndNowhereElse() throws IOException, InterruptedException {
        String before = project.read("alembic.ini");
        Resource planned =
                project.revision("a", "None", SPY.formatted(database.directory)).refresh();
        database.apply(planned);

        assertTrue(seen("environment").contains("PGPASSWORD=" + TestDatabase.PASSWORD));
        assertTrue(seen("ini").contains("sqlalchemy.url = postgresql://" + database.user + "@localhost:"));
        for (String place : List.of("command", "ini")) {
            assertFalse(seen(place).contains("pa55"), place);
        }
        assertFalse((planned + String.join("\n", database.progress)).contains("pa55"));
        assertTrue(
                database.progress.contains("migration 1 of 1: scripts/versions/a_x.py | the password is (secret)"),
                database.progress.toString());
        assertEquals(before, project.read("alembic.ini"));
    }

    @Test
    void theSecretsOfOthersAreNotInTheEnvironmentOfTheProcess() throws IOException {
        project.revision("a", "None", SPY.formatted(database.directory)).apply();

        assertFalse(seen("environment").contains("wr0ng-0ne"));
        assertTrue(seen("environment").contains("PATH="));
    }

    @Test
    void theCopyOfTheConfigurationIsPrivateAndGoneAfterwards() throws IOException {
        project.revision("a", "None", SPY.formatted(database.directory) + "\nraise Exception(\"x\")");
        Findings.thrown("postgres.migration-failed", database::apply);

        assertEquals("0o1006000o40700", seen("mode"));
        assertFalse(Files.exists(Path.of(seen("path")).getParent()));
    }

    @Test
    void nothingIsWrittenIntoTheProject() throws IOException {
        project.row("a", "b").apply();

        try (Stream<Path> files = Files.walk(project.directory)) {
            assertEquals(
                    List.of("a_x.py", "alembic.ini", "b_x.py", "env.py"),
                    files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .sorted()
                            .toList());
        }
    }
}
