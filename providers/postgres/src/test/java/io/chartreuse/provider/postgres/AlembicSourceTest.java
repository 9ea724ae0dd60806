package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.text.Sha256;
import io.chartreuse.testkit.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Python runs exactly the project files that were reviewed. */
@Timeout(120)
class AlembicSourceTest {

    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private final AlembicProject project = new AlembicProject();
    private final TestDatabase database = project.database;

    @Test
    void theCodeAroundRevisionsIsPlannedWhereverTheseAre() {
        versionsIn("elsewhere/2026").file("elsewhere/2026/a.py", project.read("scripts/versions/a_x.py"));
        project.file("elsewhere/env.py", "raise Exception('not this one')");
        Resource planned = project.refresh();

        Migration environment = planned.migrations().stream()
                .filter(entry -> entry.script().equals("scripts/env.py"))
                .findFirst()
                .orElseThrow();
        assertEquals(Sha256.of(project.read("scripts/env.py")), environment.digest());

        project.file("scripts/env.py", project.read("scripts/env.py") + "\nprint('edited')\n");
        Findings.thrown("postgres.migrations-moved", () -> database.apply(planned));
        assertFalse(database.hasTable("a"));
    }

    private AlembicProject versionsIn(String folder) {
        project.row("a");
        return project.file(
                "alembic.ini",
                project.read("alembic.ini")
                        .replaceFirst("(?m)^prepend", "version_locations = %(here)s/" + folder + "\nprepend"));
    }

    @Test
    void noCompiledCopyRunsInPlaceOfItsFile() throws Exception {
        project.row("a");
        String reviewed = project.read("scripts/env.py");
        compile("scripts/env.py", reviewed + "\nopen('compiled', 'w').write('env.py')\n");
        compile(
                "scripts/versions/a_x.py",
                project.read("scripts/versions/a_x.py").replace("\"id\"", "\"other\""));
        project.file("beside.py", "word = 'reviewed'");
        compile("beside.py", "word = 'compiled'");
        project.file(
                "scripts/env.py",
                reviewed + "\nimport beside\nopen('word', 'w').write(beside.word)\n"
                        + "import json, importlib._bootstrap_external as e\ne.cache_from_source(json.__file__)\n");

        Resource planned = project.refresh();
        database.apply(planned);

        assertEquals("reviewed", project.read("word"));
        assertFalse(Files.exists(project.directory.resolve("compiled")));
        assertEquals(
                "id", database.query("SELECT attname FROM pg_attribute WHERE attrelid = 'a'::regclass AND attnum = 1"));
    }

    /** Python loads such a compiled copy without reading the file. */
    private void compile(String path, String content) throws IOException, InterruptedException {
        Prerequisite.installed(PYTHON.toString(), Files.isExecutable(PYTHON));
        Path source = Files.writeString(database.directory.resolve("other.py"), content);
        Path file = project.directory.resolve(path);
        String code = "import importlib.util as u, py_compile as c, sys\n"
                + "c.compile(sys.argv[1], u.cache_from_source(sys.argv[2]), dfile=sys.argv[2],"
                + " invalidation_mode=c.PycInvalidationMode.UNCHECKED_HASH)";
        List<String> command = List.of(PYTHON.toString(), "-c", code, source.toString(), file.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, process.waitFor());
    }

    @Test
    void aProjectOfCompiledFilesIsRefused() {
        project.row("a")
                .file(
                        "alembic.ini",
                        project.read("alembic.ini").replaceFirst("(?m)^prepend", "sourceless = true\nprepend"));

        assertTrue(refused().contains("sourceless = true"));
    }

    @Test
    void aProjectWithoutEnvironmentIsRefusedAlsoWhereACompiledOneIsThere() throws Exception {
        project.row("a");
        compile("scripts/env.py", project.read("scripts/env.py"));
        Files.delete(project.directory.resolve("scripts/env.py"));

        assertTrue(refused().contains("there is no file " + project.directory.resolve("scripts/env.py")));
    }

    private String refused() {
        Diagnostic problem =
                Findings.only("postgres.alembic-scripts", project.refresh().findings());
        return problem.summary();
    }
}
