package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.spi.backend.Backend;
import org.junit.jupiter.api.Test;

/** The in-memory backend keeps the contract too: what the engine's tests prove with it holds for the others. */
class InMemoryBackendTest extends BackendContract {

    private final InMemoryBackend contents = new InMemoryBackend();

    @Override
    protected Backend open() {
        return contents.seenBy(CrashSchedule.immortal());
    }

    @Test
    void writesOfRunsAreCounted() {
        assertEquals(0, contents.journalWrites());
    }
}
