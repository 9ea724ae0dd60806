package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.lock.HeldLock;
import io.chartreuse.core.lock.LockRequest;
import io.chartreuse.core.lock.Pause;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.ErrorType;
import io.chartreuse.spi.Lease;
import io.chartreuse.spi.VersionConflict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LockTest {

    private static final Duration THIRTY = Duration.ofSeconds(30);

    private final InMemoryBackend backend = new InMemoryBackend();
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T07:00:00Z"));
    private final List<String> notes = new ArrayList<>();

    private HeldLock acquire(Duration patience, Pause pause) throws InterruptedException {
        LockRequest request = new LockRequest("ours", THIRTY, patience);
        return HeldLock.acquire(backend, request, clock, pause, () -> {}, notes::add);
    }

    private Lease theirs(Instant renewedAt) throws VersionConflict {
        return backend.write(new Lease("theirs", renewedAt, renewedAt, THIRTY, ""));
    }

    /** Time passes, and they renew their lease with it. */
    private void passAndRenew(Duration time) {
        clock.advance(time);
        Lease lease = backend.read().orElseThrow();
        try {
            backend.write(new Lease("theirs", lease.acquiredAt(), clock.instant(), THIRTY, lease.version()));
        } catch (VersionConflict e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFreeLockIsTakenAtOnceAndGivenBack() throws InterruptedException {
        try (HeldLock held = acquire(Duration.ZERO, clock::advance)) {
            assertFalse(held.isLost());
            assertEquals("ours", backend.read().orElseThrow().holder());
        }
        assertTrue(backend.read().isEmpty());
        assertEquals(Instant.parse("2026-11-22T07:00:00Z"), clock.instant());
    }

    @Test
    void aHolderThatRenewsIsAliveAndNamed() throws VersionConflict {
        theirs(clock.instant());
        ChartreuseException refused =
                assertThrows(ChartreuseException.class, () -> acquire(Duration.ZERO, this::passAndRenew));
        assertEquals(ErrorType.LOCKED, refused.type());
        assertTrue(refused.getMessage().contains("theirs"), refused.getMessage());
        assertEquals("theirs", backend.read().orElseThrow().holder());
    }

    @Test
    void aLivingHolderIsWaitedForAsLongAsAsked() throws VersionConflict {
        theirs(clock.instant());
        Instant begun = clock.instant();
        assertThrows(ChartreuseException.class, () -> acquire(Duration.ofMinutes(5), this::passAndRenew));
        assertEquals(Duration.ofMinutes(5), Duration.between(begun, clock.instant()));
    }

    @Test
    void aLeaseThatNobodyRenewsIsTakenOverWhenItHasLapsedBeforeOurEyes() throws Exception {
        theirs(clock.instant().plusSeconds(3600)); // their clock is an hour ahead of ours
        Instant begun = clock.instant();
        try (HeldLock held = acquire(Duration.ZERO, clock::advance)) {
            assertFalse(held.isLost());
            assertEquals(THIRTY, Duration.between(begun, clock.instant()));
        }
        assertEquals("theirs has not renewed the lock for 5 of 30 s", notes.get(1));
        assertTrue(notes.get(notes.size() - 1).startsWith("took over the lock of theirs"), notes.toString());
    }

    @Test
    void aLeaseThatLapsedLongAgoIsTakenOverAtOnce() throws Exception {
        theirs(clock.instant().minusSeconds(61));
        Instant begun = clock.instant();
        acquire(Duration.ZERO, clock::advance).close();
        assertEquals(begun, clock.instant());
    }

    @Test
    void whoeverLosesTheLeaseIsTold() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        LockRequest request = new LockRequest("ours", Duration.ofSeconds(1), Duration.ZERO);
        try (HeldLock held =
                HeldLock.acquire(backend, request, Clock.systemUTC(), Pause.REAL, lost::countDown, notes::add)) {
            Lease lease = backend.read().orElseThrow();
            backend.delete(lease);
            theirs(Instant.now());
            assertTrue(lost.await(10, TimeUnit.SECONDS), "the renewal should have noticed");
            assertTrue(held.isLost());
        }
        assertEquals("theirs", backend.read().orElseThrow().holder(), "what is theirs is left alone");
    }
}
