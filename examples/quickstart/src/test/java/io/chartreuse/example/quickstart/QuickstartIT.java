package io.chartreuse.example.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's first command as a reader would, with the distribution of this build. */
class QuickstartIT {

    @TempDir
    private Path directory;

    @Test
    void theStoryRunsToItsEnd() throws IOException, InterruptedException {
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
        assertTrue(said.contains("That is all."), () -> said);
        assertFalse(said.contains("Exception"), () -> said);
        assertFalse(said.contains("quickstart-"), () -> "the password shows:\n" + said);
    }
}
