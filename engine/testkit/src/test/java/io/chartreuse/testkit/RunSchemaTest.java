package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The record of a run, whatever becomes of it, fits its schema and reads as it was written. */
class RunSchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(RunSchemaTest.class.getResourceAsStream("/io/chartreuse/schemas/run.schema.json"));

    private final InMemoryWorld world =
            new InMemoryWorld().database("main", 5, 7).workload("web", 10, 3);
    private final Scene scene = new Scene(world);

    private void everyRunFits() {
        for (Run run : scene.runs()) {
            assertEquals(List.of(), SCHEMA.validate(RunDocument.write(run)));
            assertEquals(run, RunDocument.read(RunDocument.write(run).toString(), "the run"));
        }
    }

    @Test
    void aRunThatSucceeded() {
        scene.apply(scene.plan());
        everyRunFits();
    }

    @Test
    void aRunThatFailedAndHolds() {
        world.failAt("main", 7);
        scene.apply(scene.plan());
        everyRunFits();
    }

    @Test
    void aRunThatWasInterruptedAndRestored() {
        scene.watch = event -> scene.stop.raise("SIGTERM", Duration.ofSeconds(20));
        scene.apply(scene.plan());
        everyRunFits();
    }
}
