package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.testkit.Prerequisite;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A database with its own Alembic project: Alembic's usual {@code env.py}, and revisions written by the test. Runs
 * Debian's Alembic, or the one that {@code CHARTREUSE_TEST_ALEMBIC} names.
 */
final class AlembicProject {

    private static final String PROGRAM =
            Optional.ofNullable(System.getenv("CHARTREUSE_TEST_ALEMBIC")).orElse("/usr/bin/alembic");
    private static final boolean INSTALLED = installed();

    final TestDatabase database = new TestDatabase();
    final Path directory = database.directory.resolve("project");

    AlembicProject() {
        Prerequisite.installed("alembic", INSTALLED);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PASSWORD", TestDatabase.PASSWORD);
        environment.put("OTHER_PASSWORD", "wr0ng-0ne");
        database.environment = environment;
        copy("alembic.ini", directory.resolve("alembic.ini"));
        copy("env.py", directory.resolve("scripts/env.py"));
        ObjectNode migrations = database.settings.putObject("migrations");
        migrations.put("tool", "alembic").put("directory", directory.toString());
        migrations.putArray("command").add(PROGRAM);
    }

    private static boolean installed() {
        boolean installed = Files.isExecutable(Path.of(PROGRAM));
        if (!installed) {
            System.err.println("Tests of Alembic are skipped: " + PROGRAM + " is not installed.");
        }
        return installed;
    }

    ObjectNode migrations() {
        return database.migrations();
    }

    /** A revision with the statements of its {@code upgrade()}; {@code parent} as Python writes it. */
    AlembicProject revision(String id, String parent, String upgrade) {
        return revision(id, parent, "", upgrade);
    }

    /** @param more assignments at the file's top level */
    AlembicProject revision(String id, String parent, String more, String upgrade) {
        return file("scripts/versions/" + id + "_x.py", """
                \"""make %s

                Revision ID: %s
                \"""
                from alembic import context, op
                import sqlalchemy as sa

                revision = "%s"
                down_revision = %s
                branch_labels = None
                depends_on = None
                %s

                def upgrade():
                    %s

                def downgrade():
                    pass
                """.formatted(
                        id, id, id, parent, more, upgrade.replace("\n", "\n    ")));
    }

    /** a, b, c … in a row, each with a table of its name. */
    AlembicProject row(String... ids) {
        String parent = "None";
        for (String id : ids) {
            revision(id, parent, table(id));
            parent = '"' + id + '"';
        }
        return this;
    }

    static String table(String name) {
        return "op.create_table(\"" + name + "\", sa.Column(\"id\", sa.Integer))";
    }

    AlembicProject file(String path, String content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String path) {
        try {
            return Files.readString(directory.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Resource refresh() {
        return database.refresh();
    }

    ObjectNode apply() {
        return database.apply();
    }

    private static void copy(String resource, Path target) {
        try (InputStream content = AlembicProject.class.getResourceAsStream("/alembic/" + resource)) {
            Files.createDirectories(target.getParent());
            Files.write(target, content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
