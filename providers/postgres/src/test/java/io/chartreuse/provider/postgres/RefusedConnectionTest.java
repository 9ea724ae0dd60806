package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Servers;
import io.chartreuse.spi.provider.Progress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A switchover at any moment of a step: the server refuses one new session. */
@Timeout(180)
class RefusedConnectionTest {

    @Test
    void whicheverSessionOfAStepIsRefusedTheStepGoesOn() throws Exception {
        eachSession(() -> new TestDatabase().tables(2));
    }

    @Test
    void whicheverSessionOfAStepWithAlembicIsRefusedTheStepGoesOn() throws Exception {
        eachSession(() -> new AlembicProject().row("a").database);
    }

    private static void eachSession(Supplier<TestDatabase> fresh) throws Exception {
        int sessions = migrate(fresh.get(), 0);
        assertTrue(sessions > 3, () -> sessions + " sessions");
        for (int refused = 1; refused <= sessions; refused++) {
            migrate(fresh.get(), refused);
        }
    }

    /** @return how many times the hosts were requested */
    private static int migrate(TestDatabase database, int refused) throws Exception {
        AtomicInteger asked = new AtomicInteger(Integer.MIN_VALUE);
        database.settings.put("url", "jdbc:postgresql:///" + database.name);
        database.settings.put("fromPatroni", true).put("role", database.user);
        database.servers = new Servers() {
            @Override
            public boolean knows(String name) {
                return true;
            }

            @Override
            public Optional<List<String>> behind(String name) {
                boolean refuses = asked.incrementAndGet() == refused;
                return Optional.of(List.of(refuses ? "127.0.0.1:1" : "localhost:" + TestServer.port()));
            }
        };
        Resource planned = database.refresh();
        asked.set(0);

        assertEquals(planned.desired(), database.converge(planned, Progress.NONE), () -> "refused: " + refused);
        return asked.get();
    }
}
