package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pod is left with when its container has ended. */
final class TerminationMessageTest {

    @TempDir
    Path directory;

    private Desk desk;
    private Path file;

    @BeforeEach
    void sitDown() throws IOException {
        desk = Desk.usual(directory);
        file = Files.writeString(directory.resolve("termination-log"), "what was there before\n".repeat(20));
        desk.environment.put("CHARTREUSE_TERMINATION_LOG", file.toString());
    }

    private String left() throws IOException {
        return Files.readString(file);
    }

    @Test
    void aRunThatSucceededIsSaidInAFewLines() throws IOException {
        desk.run("apply", "--yes");
        assertTrue(left().startsWith("outcome: succeeded\nrun: 20261122t070000z-"), left());
        assertFalse(left().contains("before"), left());
    }

    @Test
    void aRunThatHoldsWorkloadsSaysWhatToDoNext() throws IOException {
        desk.world.failAt("main", 7);
        desk.run("apply", "--yes", "--output", "json");
        assertTrue(left().startsWith("outcome: failed, workloads held\n"), left());
        assertTrue(left().contains("\nnext: fix the migration and run: chartreuse apply; or"), left());
        assertTrue(left().contains("\nerror: migration 7 of main failed [memory.migration]\n"), left());
    }

    @Test
    void aRestoreThatFailedSaysTheCommandThatEndsIt() throws IOException {
        desk.world.failAt("main", 6).refuseToStart("web", true);
        assertEquals(6, desk.run("apply", "--yes").code());
        assertTrue(left().contains("workloads not all back"), left());
        assertTrue(left().contains("chartreuse restore"), left());
    }

    @Test
    void aRefusalIsSaidToo() throws IOException {
        desk.write("version: 1\nrelase: shop\n");
        desk.run("apply", "--yes");
        assertTrue(left().startsWith("outcome: refused\nnext: "), left());
    }

    @Test
    void secretsAreMasked() throws IOException {
        desk.environment.put("LEAKY", "correct-horse");
        desk.configure("  behaviour: leaky\n  password: {env: LEAKY}\n");
        desk.run("apply", "--yes");
        assertTrue(left().contains("the password (secret) was refused"), left());
    }

    @Test
    void itIsNoLongerThanAPodKeeps() throws IOException {
        desk.write("version: 1\nrelease: shop\n" + "ünknown%d: 1\n".repeat(300).formatted(numbers(300)));
        desk.run("apply", "--yes");
        assertTrue(Files.size(file) <= 4096, () -> "too long");
        assertTrue(Files.size(file) > 2000, () -> "as much as fits");
        assertTrue(left().endsWith("\n"));
    }

    private static Object[] numbers(int count) {
        return java.util.stream.IntStream.range(0, count).boxed().toArray();
    }

    @Test
    void whereThereIsNoSuchFileNoneIsMade() throws IOException {
        Files.delete(file);
        assertEquals(0, desk.run("apply", "--yes").code());
        assertFalse(Files.exists(file));
    }

    @Test
    void outsideOfAPodNothingIsWrittenUnasked() throws IOException {
        desk.environment.remove("CHARTREUSE_TERMINATION_LOG");
        desk.run("apply", "--yes");
        assertTrue(left().startsWith("what was there before"));
    }
}
