package io.chartreuse.example.movingover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.testkit.Prerequisite;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example as a reader would, with the distribution of this build. */
class MovingOverIT {

    @TempDir
    private Path directory;

    private static boolean hasAlembic() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "alembic")));
        if (!installed) {
            System.err.println("The example moving-over is skipped: alembic is not installed.");
        }
        return installed;
    }

    @Test
    void theApplicationMovesOverAndItsMigrationsStayAsTheyAre() throws IOException, InterruptedException {
        Prerequisite.installed("alembic", hasAlembic());
        Path output = directory.resolve("output.txt");
        Process story = new ProcessBuilder("./run", "--built")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = story.waitFor(5, TimeUnit.MINUTES);
        story.destroy();
        String said = Files.readString(output);
        assertTrue(ended, () -> "the story did not end:\n" + said);
        assertEquals(0, story.exitValue(), () -> said);
        assertTrue(said.contains("1 database to migrate (3 migrations)"), () -> said);
        assertTrue(said.contains("1 workload to start"), () -> said);
        assertTrue(said.contains("That is all."), () -> said);
        assertFalse(said.contains("Exception"), () -> said);
        assertFalse(said.contains("correct-horse"), () -> "the password shows:\n" + said);
    }
}
