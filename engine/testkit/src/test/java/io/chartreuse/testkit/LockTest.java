package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.lock.HeldLock;
import io.chartreuse.core.lock.LockClock;
import io.chartreuse.core.lock.LockError;
import io.chartreuse.core.lock.LockRequest;
import io.chartreuse.core.lock.Sleeper;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.ErrorType;
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

    private HeldLock acquire(Duration patience, Sleeper pause) throws InterruptedException {
        LockRequest request = new LockRequest("ours", THIRTY, patience);
        return HeldLock.acquire(backend, request, new LockClock(clock, clock::elapsed, pause), pause, notes::add);
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
        theirs(clock.instant().plusSeconds(3600)); // their clock is an hour ahead of this process's
        Instant begun = clock.instant();
        try (HeldLock held = acquire(Duration.ZERO, clock::advance)) {
            assertFalse(held.isLost());
            assertEquals(THIRTY, Duration.between(begun, clock.instant()));
        }
        assertEquals("theirs has not renewed the lock for 5 of 30 s", notes.get(1));
        assertTrue(notes.get(notes.size() - 1).startsWith("took over the lock of theirs"), notes.toString());
    }

    @Test
    void aLivingHolderWhoseClockIsBehindKeepsItsLock() throws VersionConflict {
        Duration behind = Duration.ofMinutes(2);
        theirs(clock.instant().minus(behind));
        Sleeper passing = time -> {
            clock.advance(time);
            if (clock.instant().getEpochSecond() % 10 == 0) {
                renewTheirs(clock.instant().minus(behind));
            }
        };

        ChartreuseException refused =
                assertThrows(ChartreuseException.class, () -> acquire(Duration.ofMinutes(1), passing));

        assertEquals(ErrorType.LOCKED, refused.type());
        assertEquals("theirs", backend.read().orElseThrow().holder());
    }

    private void renewTheirs(Instant now) {
        Lease lease = backend.read().orElseThrow();
        try {
            backend.write(lease.renewed(now));
        } catch (VersionConflict e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLeaseThatSaysItLapsedLongAgoIsWatchedForItsDuration() throws Exception {
        theirs(clock.instant().minusSeconds(7200));
        Instant begun = clock.instant();
        acquire(Duration.ZERO, clock::advance).close();
        assertEquals(THIRTY, Duration.between(begun, clock.instant()));
    }

    @Test
    void aLeaseThatSaysItLastsForYearsIsWatchedForTenMinutesToBringWorkloadsBack() throws Exception {
        lastingForYears();
        Instant begun = clock.instant();
        LockRequest request = new LockRequest("ours", THIRTY, Duration.ZERO);
        Sleeper pause = clock::advance;
        HeldLock.acquireAnyway(backend, request, new LockClock(clock, clock::elapsed, pause), pause, notes::add)
                .close();
        assertEquals(Duration.ofMinutes(10), Duration.between(begun, clock.instant()));
    }

    @Test
    void aRunThatStopsWorkloadsDoesNotWaitForALeaseThatSaysItLastsForYears() throws Exception {
        lastingForYears();
        ChartreuseException refused =
                assertThrows(ChartreuseException.class, () -> acquire(Duration.ofSeconds(5), clock::advance));
        assertEquals(ErrorType.LOCKED, refused.type());
    }

    private void lastingForYears() throws VersionConflict {
        backend.write(new Lease("theirs", clock.instant(), Instant.MAX, Duration.ofSeconds(Integer.MAX_VALUE), "", 0));
    }

    @Test
    void aLeaseWithoutAHolderIsTakenAtOnce() throws Exception {
        backend.write(new Lease("", clock.instant(), clock.instant(), THIRTY, "", 3));
        Instant begun = clock.instant();
        try (HeldLock held = acquire(Duration.ZERO, clock::advance)) {
            assertFalse(held.isLost());
            assertEquals(4, backend.read().orElseThrow().transitions());
        }
        assertEquals(begun, clock.instant());
    }

    /** Its holder may be cut off by the same outage, and come back with it. */
    @Test
    void timeInWhichTheLeaseCannotBeReadIsNotWatched() throws Exception {
        theirs(clock.instant());
        Instant begun = clock.instant();
        Sleeper outage =
                time -> clock.advance(clock.instant().equals(begun.plusSeconds(10)) ? Duration.ofSeconds(40) : time);
        acquire(Duration.ZERO, outage).close();
        assertEquals(Duration.ofSeconds(50 + 30), Duration.between(begun, clock.instant()));
    }

    @Test
    void takingOverIsCountedAsATransition() throws Exception {
        theirs(clock.instant());
        try (HeldLock held = acquire(Duration.ZERO, clock::advance)) {
            assertFalse(held.isLost());
            assertEquals(1, backend.read().orElseThrow().transitions());
        }
    }

    @Test
    void aLeaseLastsForThreeRequestsOfASlowBackend() throws Exception {
        Lock slow = new InterruptibleLock(backend) {
            @Override
            public Duration requestTimeout() {
                return Duration.ofSeconds(40);
            }
        };
        try (HeldLock held = acquire(slow, clock::advance)) {
            assertTrue(held.isOpen(Duration.ofSeconds(40)));
            assertEquals(Duration.ofMinutes(2), backend.read().orElseThrow().duration());
        }
    }

    private HeldLock acquire(Lock lock, Sleeper pause) throws InterruptedException {
        LockRequest request = new LockRequest("ours", THIRTY, Duration.ZERO);
        return HeldLock.acquire(lock, request, new LockClock(clock, clock::elapsed, pause), pause, notes::add);
    }

    @Test
    void afterAnOutageInWhichNobodyTookItTheLockIsRenewedAndHeldOn() throws Exception {
        InterruptibleLock lock = new InterruptibleLock(backend);
        Instant begun = clock.instant();
        Sleeper untilItAnswers = time -> {
            clock.advance(time);
            lock.answers(!clock.instant().isBefore(begun.plusSeconds(42)));
        };
        try (HeldLock held = acquire(lock, untilItAnswers)) {
            lock.answers(false);
            clock.advance(Duration.ofSeconds(31));
            assertFalse(held.isOpen(Duration.ZERO), "it may have been taken by now");
            assertFalse(held.isLost());

            assertTrue(held.await(Duration.ofSeconds(10), Duration.ofSeconds(60)), "it had to wait");

            assertTrue(held.isOpen(Duration.ofSeconds(10)));
            assertEquals(Duration.ofSeconds(42), Duration.between(begun, clock.instant()));
            assertEquals("ours", backend.read().orElseThrow().holder());
        }
        assertTrue(backend.read().isEmpty(), "it is given back");
    }

    @Test
    void afterAnOutageInWhichAnotherTookItTheLockIsLostAndNothingIsWaitedFor() throws Exception {
        InterruptibleLock lock = new InterruptibleLock(backend);
        List<String> told = new ArrayList<>();
        try (HeldLock held = acquire(lock, clock::advance)) {
            held.onLoss(() -> told.add("lost"));
            lock.answers(false);
            clock.advance(Duration.ofSeconds(31));
            Lease ours = backend.read().orElseThrow();
            backend.write(new Lease("theirs", clock.instant(), clock.instant(), THIRTY, ours.version(), 1));
            lock.answers(true);
            Instant begun = clock.instant();

            ChartreuseException lost =
                    assertThrows(ChartreuseException.class, () -> held.await(Duration.ZERO, Duration.ofMinutes(5)));

            assertEquals(LockError.LOST, lost.diagnostics().get(0).code());
            assertTrue(lost.getMessage().contains("theirs took it"), lost.getMessage());
            assertEquals(begun, clock.instant());
            assertEquals(List.of("lost"), told);
        }
        assertEquals("theirs", backend.read().orElseThrow().holder());
    }

    @Test
    void whatWaitsForTheLockGivesUpWhenItsTimeIsOver() throws Exception {
        InterruptibleLock lock = new InterruptibleLock(backend);
        try (HeldLock held = acquire(lock, clock::advance)) {
            lock.answers(false);
            clock.advance(Duration.ofSeconds(31));

            ChartreuseException unconfirmed =
                    assertThrows(ChartreuseException.class, () -> held.await(Duration.ZERO, Duration.ofSeconds(60)));

            assertEquals(LockError.UNCONFIRMED, unconfirmed.diagnostics().get(0).code());
            assertFalse(held.isLost(), "nobody is known to have taken it");
            lock.answers(true);
        }
    }

    @Test
    void aWriteThatTakesLongerThanTheLockIsSureIsNotBegun() throws Exception {
        try (HeldLock held = acquire(Duration.ZERO, clock::advance)) {
            clock.advance(Duration.ofSeconds(5));
            assertTrue(held.isOpen(Duration.ofSeconds(24)));
            assertFalse(held.isOpen(Duration.ofSeconds(25)));
        }
    }

    /** As kubectl annotate does. */
    @Test
    void aLeaseThatSomebodyTouchedIsStillOurs() throws Exception {
        try (HeldLock held = acquire(Duration.ZERO, clock::advance)) {
            clock.advance(Duration.ofSeconds(31));
            backend.write(backend.read().orElseThrow());
            held.await(Duration.ofSeconds(10), Duration.ofSeconds(5));
            assertTrue(held.isOpen(Duration.ofSeconds(10)));
            backend.write(backend.read().orElseThrow());
        }
        assertTrue(backend.read().isEmpty(), "it is given back all the same");
    }

    @Test
    void theLossOfTheLeaseIsNoticedByItsRenewal() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        LockRequest request = new LockRequest("ours", Duration.ofSeconds(1), Duration.ZERO);
        try (HeldLock held =
                HeldLock.acquire(backend, request, LockClock.real(Clock.systemUTC()), Sleeper.REAL, notes::add)) {
            held.onLoss(lost::countDown);
            Lease lease = backend.read().orElseThrow();
            backend.delete(lease);
            theirs(Instant.now());
            assertTrue(lost.await(10, TimeUnit.SECONDS), "the renewal should have noticed");
            assertTrue(held.isLost());
        }
        assertEquals("theirs", backend.read().orElseThrow().holder(), "what is theirs is left alone");
    }
}
