package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Missing rights are said all at once, before a run writes anything: no plan, no record, no lock. */
final class RightsTest {

    @TempDir
    Path directory;

    private Desk desk;
    private String untouched;
    private List<Path> written;

    @BeforeEach
    void sitDown() throws IOException {
        desk = Desk.usual(directory);
        look();
    }

    private void look() throws IOException {
        untouched = desk.world.state();
        written = files();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted().toList();
        }
    }

    private void assertRefused(Said said, String... resources) throws IOException {
        assertEquals(1, said.code(), said.all());
        for (String resource : resources) {
            assertTrue(said.all().contains(resource + " may not be changed"), said.all());
        }
        assertEquals(untouched, desk.world.state());
        assertEquals(written, files());
    }

    @Test
    void applyNamesAllOfThem() throws IOException {
        desk.world.withhold("memory.workload/web", true).withhold("memory.database/main", true);
        assertRefused(desk.run("apply", "--yes"), "memory.database/main", "memory.workload/web");
    }

    @Test
    void applyOfASavedPlanNamesAllOfThem() throws IOException {
        Path plan = directory.resolve("plan.json");
        desk.run("plan", "--out", plan.toString());
        look();
        desk.world.withhold("memory.workload/web", true).withhold("memory.workload/worker", true);
        assertRefused(desk.run("apply", plan.toString()), "memory.workload/web", "memory.workload/worker");
    }

    @Test
    void restoreNamesAllOfThem() throws IOException {
        desk.world.failAt("main", 7);
        assertEquals(1, desk.run("apply", "--yes").code());
        look();
        desk.world.withhold("memory.workload/web", true).withhold("memory.workload/worker", true);
        assertRefused(desk.run("restore"), "memory.workload/web", "memory.workload/worker");
    }

    @Test
    void aRightThatThePlanDoesNotNeedRefusesNothing() {
        desk.world.withhold("memory.database/stock", true);
        Said said = desk.run("apply", "--yes");
        assertEquals(0, said.code(), said.all());
    }

    @Test
    void whereNothingIsToBeDoneNoRightIsNeeded() {
        assertEquals(0, desk.run("apply", "--yes").code());
        desk.world.withhold("memory.workload/web", true);
        Said said = desk.run("apply", "--yes");
        assertEquals(0, said.code(), said.all());
    }
}
