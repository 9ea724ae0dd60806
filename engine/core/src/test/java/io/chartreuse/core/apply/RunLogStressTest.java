package io.chartreuse.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.plan.Release;
import io.chartreuse.core.run.Actor;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Evidence;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Fence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads write into one record whose journal is slow, is touched by others, is full at times, and dies. */
final class RunLogStressTest {

    private static final int THREADS = 12;
    private static final int ENTRIES = 10;
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /** What {@link RunLog#append} returned for, as {@code thread/number}. */
    private final Queue<String> returned = new ConcurrentLinkedQueue<>();

    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyEntryIsOnRecordOnceWhereTheJournalIsSlowAndTouchedByOthers(long seed) throws Exception {
        RoughJournal journal = new RoughJournal(seed, 0.2, 0, Integer.MAX_VALUE);
        run(journal);
        assertEquals(THREADS * ENTRIES, returned.size());
        assertSound(journal);
        assertEquals(THREADS * ENTRIES, journal.entries().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void whatCouldNotBeWrittenGoesWithALaterWrite(long seed) throws Exception {
        RoughJournal journal = new RoughJournal(seed, 0.1, 0.3, Integer.MAX_VALUE);
        RunLog log = run(journal);
        assertSound(journal);
        journal.recover();
        log.flush();
        assertSound(journal);
        assertEquals(THREADS * ENTRIES, journal.entries().size());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void whatAppendReturnedForIsOnRecordAfterACrash(long seed) throws Exception {
        RoughJournal journal = new RoughJournal(seed, 0.1, 0.1, 1 + new Random(seed).nextInt(8));
        run(journal);
        assertTrue(returned.size() < THREADS * ENTRIES, "the process should have died before its last entry");
        assertSound(journal);
    }

    private RunLog run(RoughJournal journal) throws Exception {
        RunLog log = new RunLog(journal, Clock.systemUTC(), text -> text, begun(), "", Fence.OPEN);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> ends = IntStream.range(0, THREADS)
                .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                    start.await();
                    append(log, thread, new Random(journal.seed * 31 + thread));
                    return null;
                }))
                .toList();
        start.countDown();
        for (Future<?> end : ends) {
            end.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertEquals(List.of(), List.copyOf(unexpected));
        return log;
    }

    private void append(RunLog log, int thread, Random random) {
        for (int number = 0; number < ENTRIES; number++) {
            String message = thread + "/" + number;
            try {
                log.append(Event.WITNESSED, message);
                returned.add(message);
            } catch (ChartreuseException full) {
                // the entry goes with a later write
            } catch (Crash crash) {
                return;
            } catch (RuntimeException other) {
                unexpected.add(other);
            }
            LockSupport.parkNanos(random.nextInt(2_000_000));
        }
    }

    private static Run begun() {
        return new Run(
                "20261122t120000z-3fa2c1",
                "sha256:" + "6f".repeat(32),
                new Release("shop", Optional.empty()),
                "1.0.0",
                new Actor("ada", "laptop", 7),
                NOON,
                Optional.empty(),
                Outcome.RUNNING,
                Optional.empty(),
                List.of(),
                Evidence.NONE);
    }

    private void assertSound(RoughJournal journal) {
        List<Entry> entries = journal.entries();
        List<String> messages = entries.stream().map(Entry::message).toList();
        assertTrue(messages.containsAll(returned), () -> "returned and lost: " + lost(messages));
        assertEquals(messages.size(), new HashSet<>(messages).size(), () -> "an entry is there twice: " + messages);
        assertEquals(
                IntStream.rangeClosed(1, entries.size()).boxed().toList(),
                entries.stream().map(Entry::sequence).toList());
        for (int thread = 0; thread < THREADS; thread++) {
            String mine = thread + "/";
            List<String> all = messages.stream()
                    .filter(message -> message.startsWith(mine))
                    .toList();
            List<String> ordered = IntStream.range(0, all.size())
                    .mapToObj(number -> mine + number)
                    .toList();
            assertEquals(ordered, all);
        }
        assertEquals(List.of(), journal.shortened, "a write took back what was on record");
    }

    private List<String> lost(List<String> messages) {
        return returned.stream().filter(message -> !messages.contains(message)).toList();
    }

    /** A process dies here. */
    private static final class Crash extends Error {

        private static final long serialVersionUID = 1L;

        Crash() {
            super("killed", null, false, false);
        }
    }

    /** One record. Writes take their time; by the seed others touch the record, writes fail, and the process dies. */
    private static final class RoughJournal implements Journal {

        final long seed;
        final List<String> shortened = new ArrayList<>();
        private final Random random;
        private final double conflicts;
        private final int last;
        private double failures;
        private int writes;
        private int version;
        private boolean meddled;
        private Optional<Artifact> record = Optional.empty();
        private List<String> durable = List.of();

        RoughJournal(long seed, double conflicts, double failures, int last) {
            this.seed = seed;
            this.random = new Random(seed);
            this.conflicts = conflicts;
            this.failures = failures;
            this.last = last;
        }

        synchronized void recover() {
            failures = 0;
        }

        @Override
        public synchronized Artifact write(Artifact run) throws VersionConflict {
            writes++;
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(4)).toNanos());
            boolean dies = writes >= last;
            if (dies && (writes > last || random.nextBoolean())) {
                throw new Crash();
            }
            if (random.nextDouble() < failures) {
                if (run.version().equals(record.map(Artifact::version).orElse("")) && random.nextBoolean()) {
                    keep(at(run, ++version)); // stored, and the answer is lost
                }
                throw new ChartreuseException(
                        Diagnostic.error(ApplyError.UNRECORDED, "the journal is full", "make room"));
            }
            meddle();
            if (!run.version().equals(record.map(Artifact::version).orElse(""))) {
                throw new VersionConflict("run " + run.id());
            }
            Artifact written = at(run, ++version);
            keep(written);
            if (dies) {
                throw new Crash(); // the answer does not arrive any more
            }
            return written;
        }

        /**
         * Another process touches the object that the record is in, not twice in a row. It removes the record only where the next
         * write is certain to bring it back.
         */
        private void meddle() {
            meddled = !meddled && record.isPresent() && random.nextDouble() < conflicts;
            if (meddled) {
                boolean removes = failures == 0 && last == Integer.MAX_VALUE && random.nextInt(4) == 0;
                record = removes ? Optional.empty() : Optional.of(at(record.get(), ++version));
            }
        }

        private void keep(Artifact written) {
            record = Optional.of(written);
            List<String> now = entries().stream().map(Entry::message).toList();
            if (now.size() < durable.size() || !now.subList(0, durable.size()).equals(durable)) {
                shortened.add(durable + " became " + now);
            }
            durable = now;
        }

        private static Artifact at(Artifact run, int version) {
            return new Artifact(
                    run.id(),
                    run.release(),
                    run.formatVersion(),
                    run.createdAt(),
                    run.content(),
                    String.valueOf(version));
        }

        /** Those on record; none where there is no record. */
        synchronized List<Entry> entries() {
            return record.map(stored ->
                            RunDocument.read(stored.content(), "the run").entries())
                    .orElse(List.of());
        }

        @Override
        public synchronized Optional<Artifact> find(String id) {
            return record;
        }

        @Override
        public List<Artifact> list() {
            return record.stream().toList();
        }

        @Override
        public void delete(String id) {
            throw new UnsupportedOperationException("a run that goes on is not deleted");
        }
    }
}
