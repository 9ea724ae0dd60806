package io.chartreuse.provider.postgres.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockerTest {

    @Test
    void whoHoldsWhatForHowLongIsTold() {
        assertEquals(
                "pid 7 (psql, user alice, idle in transaction for 41s) holds AccessShareLock on orders",
                blocker(7, "psql", Optional.of("idle in transaction"), Optional.of("AccessShareLock"))
                        .describe());
    }

    @Test
    void whatMayNotBeSeenIsSaidToBeHidden() {
        assertEquals(
                "pid 7 (user alice, state hidden: the role is not a member of pg_read_all_stats) holds ShareLock on orders",
                blocker(7, "", Optional.empty(), Optional.of("ShareLock")).describe());
    }

    @Test
    void whoOnlyWaitsBeforeUsIsToldApart() {
        assertEquals(
                "pid 7 (psql, user alice, active for 41s) waits in front of us for orders",
                blocker(7, "psql", Optional.of("active"), Optional.empty()).describe());
    }

    @Test
    void aPreparedTransactionHasNoProcess() {
        assertEquals(
                "a prepared transaction (see pg_prepared_xacts) waits in front of us for orders",
                blocker(0, "", Optional.empty(), Optional.empty()).describe());
    }

    private static Blocker blocker(int pid, String application, Optional<String> state, Optional<String> held) {
        return new Blocker(
                pid,
                application,
                Optional.of("alice"),
                state,
                state.map(known -> Duration.ofSeconds(41)),
                held,
                "AccessExclusiveLock",
                "orders");
    }
}
