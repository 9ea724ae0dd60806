package io.chartreuse.core.apply;

import io.chartreuse.core.lock.LockError;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.EarlierStop;
import io.chartreuse.core.run.Entry;
import io.chartreuse.core.run.Event;
import io.chartreuse.core.run.Outcome;
import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import io.chartreuse.core.run.RunDocument;
import io.chartreuse.core.run.StepOutcome;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Journal;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Fence;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.provider.ReadinessState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of the current run: an entry is durable when {@link #append} returns. Entries that come in while a write is
 * under way share the next one, so that a hundred steps that begin at once do not cost a hundred writes in a row. That a
 * step has succeeded may be written a moment later: nothing hangs on it before the stage ends, the world itself shows it.
 */
final class RunLog {

    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

    /** How long the record may lag behind. */
    private static final Duration LATE = Duration.ofSeconds(1);

    /** What comes within so long of the entry before is written with it, as of steps that begin together. */
    private static final Duration COMPANY = Duration.ofMillis(5);

    private static final Duration LONGEST_GATHERING = Duration.ofMillis(100);

    /** A lock that is not known to be ours is renewed before the record is written. */
    private static final Duration FOR_THE_LOCK = Duration.ofSeconds(30);

    private final Journal journal;
    private final Clock clock;
    private final UnaryOperator<String> redact;
    private final Fence fence;
    private final ReentrantLock writing = new ReentrantLock();
    private Run run;
    private CompletableFuture<Void> next;
    private volatile Run written;

    /** What was written since then without an answer that says so: it may be on record. Guarded by {@link #writing}. */
    private final List<Run> unanswered = new ArrayList<>();

    private volatile Instant writtenAt = Instant.MIN;
    private volatile Optional<ChartreuseException> failure = Optional.empty();
    private String version;

    /**
     * @param version the journal's mark of the record as it was read; empty for a new run
     * @param fence   asked before each write
     */
    RunLog(Journal journal, Clock clock, UnaryOperator<String> redact, Run run, String version, Fence fence) {
        this.journal = journal;
        this.clock = clock;
        this.redact = redact;
        this.run = run;
        this.version = version;
        this.fence = fence;
    }

    synchronized Run run() {
        return run;
    }

    void append(Event event, String message) {
        append(event, Optional.empty(), Optional.empty(), Optional.empty(), message);
    }

    /** Durable where it can be: see {@link #offer}. */
    Optional<ChartreuseException> offer(Event event, StepOutcome outcome, String message) {
        add(event, Optional.empty(), Optional.empty(), Optional.of(outcome), message);
        return offer();
    }

    /** The same without an outcome. */
    Optional<ChartreuseException> offer(Event event, String message) {
        add(event, Optional.empty(), Optional.empty(), Optional.empty(), message);
        return offer();
    }

    void stepBegun(String step, Address address) {
        append(Event.STEP_BEGUN, Optional.of(step), Optional.of(address), Optional.empty(), "");
    }

    /**
     * The same of a step that brings back what was stopped: it goes on without a record where none can be written, unless
     * the lock is lost.
     */
    void stepBegunAnyway(String step, Address address) {
        add(Event.STEP_BEGUN, Optional.of(step), Optional.of(address), Optional.empty(), "");
        offer();
        failure.filter(RunLog::isLost).ifPresent(lost -> {
            throw lost;
        });
    }

    private static boolean isLost(ChartreuseException e) {
        return e.diagnostics().get(0).code() == LockError.LOST;
    }

    /** Durable at once where the step did not succeed, else at the next write or {@link #flush}. */
    void stepEnded(
            String step,
            Address address,
            StepOutcome outcome,
            String message,
            List<String> lines,
            List<MigrationResult> migrations,
            Optional<ReadinessState> standing) {
        add(
                Event.STEP_ENDED,
                Optional.of(step),
                Optional.of(address),
                Optional.of(outcome),
                message,
                lines,
                migrations,
                standing);
        if (outcome != StepOutcome.SUCCEEDED) {
            flush();
        }
    }

    /** That the step has committed this migration, and all before it in the plan; written a moment later. */
    void committed(String step, Address address, MigrationResult result) {
        add(
                Event.WITNESSED,
                Optional.of(step),
                Optional.of(address),
                Optional.empty(),
                result.script() + " is committed",
                List.of(),
                List.of(result),
                Optional.empty());
    }

    /** How far what the step brought back is at work; written a moment later. */
    void stands(String step, Address address, ReadinessState standing, String message) {
        add(
                Event.WITNESSED,
                Optional.of(step),
                Optional.of(address),
                Optional.empty(),
                message,
                List.of(),
                List.of(),
                Optional.of(standing));
    }

    /** Whether entries wait to be written, and the last write was some time ago. */
    boolean isLate() {
        return written != run() && !clock.instant().minus(LATE).isBefore(writtenAt);
    }

    /** How resources stand, in one write; see {@link #offer}. */
    Optional<ChartreuseException> witnessed(Observation observation) {
        synchronized (this) {
            observation
                    .lines()
                    .forEach((address, line) ->
                            add(Event.WITNESSED, Optional.empty(), Optional.of(address), Optional.empty(), line));
        }
        return offer();
    }

    /** What others did to what is held stopped; see {@link #offer}. */
    Optional<ChartreuseException> disturbed(Address address, ReadinessState standing, String message) {
        add(
                Event.WITNESSED,
                Optional.empty(),
                Optional.of(address),
                Optional.empty(),
                message,
                List.of(),
                List.of(),
                Optional.of(standing));
        return offer();
    }

    /** All of them in one write; see {@link #offer}. */
    Optional<ChartreuseException> skipped(SkippedDatabases skipped) {
        synchronized (this) {
            skipped.steps()
                    .forEach(step -> add(
                            Event.STEP_SKIPPED,
                            Optional.of(step.id()),
                            Optional.of(step.address()),
                            Optional.empty(),
                            skipped.why()));
        }
        return offer();
    }

    /** What the run found stopped; written with the next entry. */
    synchronized void found(List<EarlierStop> stops) {
        run = run.with(run.evidence().found(stops));
    }

    /** The digest of what was recorded after the run; written with the last entry. */
    synchronized void leaving(Optional<String> state) {
        run = run.with(run.evidence().leaving(state));
    }

    /** Writes the last entry, after which the record never changes. */
    void end(Plan plan, Outcome outcome, Optional<Recovery> recovery, String message) {
        synchronized (this) {
            add(Event.RUN_ENDED, Optional.empty(), Optional.empty(), Optional.empty(), message);
            run = run.ended(clock.instant().truncatedTo(ChronoUnit.MILLIS), outcome, recovery)
                    .with(run.evidence().with(Downtime.of(plan, run)));
        }
        flush();
    }

    private void append(
            Event event,
            Optional<String> step,
            Optional<Address> address,
            Optional<StepOutcome> outcome,
            String message) {
        add(event, step, address, outcome, message);
        flush();
    }

    private void add(
            Event event,
            Optional<String> step,
            Optional<Address> address,
            Optional<StepOutcome> outcome,
            String message) {
        add(event, step, address, outcome, message, List.of(), List.of(), Optional.empty());
    }

    private synchronized void add(
            Event event,
            Optional<String> step,
            Optional<Address> address,
            Optional<StepOutcome> outcome,
            String message,
            List<String> lines,
            List<MigrationResult> migrations,
            Optional<ReadinessState> standing) {
        if (run.endedAt().isPresent()) {
            return; // a step that was given up ends at last: the record has ended, and may be named by the next run
        }
        run = run.with(new Entry(
                run.entries().size() + 1,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                event,
                step,
                address,
                outcome,
                redact.apply(message),
                lines.stream().map(redact).toList(),
                migrations,
                standing));
    }

    /**
     * Writes what was added, unless the last write failed: for entries that no work waits for, as a backend that fails takes
     * its time to say so. What is not written goes with the next write.
     *
     * @return why it failed, where it did just now
     */
    Optional<ChartreuseException> offer() {
        if (failure.isPresent()) {
            return Optional.empty();
        }
        try {
            flush();
            return Optional.empty();
        } catch (ChartreuseException e) {
            return Optional.of(e);
        }
    }

    /** Whether the last write failed: what came since is not on record. */
    boolean isBroken() {
        return failure.isPresent();
    }

    /** How many of the entries are on record. */
    int recorded() {
        return written == null ? 0 : written.entries().size();
    }

    /** Returns when all is written that was added before the call. */
    void flush() {
        if (isWritten(run())) {
            return;
        }
        CompletableFuture<Void> mine;
        boolean first;
        synchronized (this) {
            first = next == null;
            if (first) {
                next = new CompletableFuture<>();
            }
            mine = next;
        }
        if (first) {
            write(mine);
        }
        join(mine);
    }

    private boolean isWritten(Run entries) {
        return written != null && written.entries().size() >= entries.entries().size();
    }

    /** All who share a write are let go by it at once; a lock would let them go one by one. */
    private void write(CompletableFuture<Void> mine) {
        writing.lock();
        try {
            gather();
            Run newest;
            synchronized (this) {
                next = null;
                newest = run;
            }
            if (!isWritten(newest)) {
                write(newest);
                written = newest;
                writtenAt = clock.instant();
            }
            mine.complete(null);
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        } finally {
            writing.unlock();
        }
    }

    private static void join(CompletableFuture<Void> shared) {
        try {
            shared.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** Until no entry comes any more. */
    private void gather() {
        long end = System.nanoTime() + LONGEST_GATHERING.toNanos();
        Run before;
        do {
            before = run();
            LockSupport.parkNanos(COMPANY.toNanos());
        } while (run() != before && end - System.nanoTime() > 0);
    }

    private void write(Run newest) {
        try {
            writeAs(newest);
            failure = Optional.empty();
            unanswered.clear();
        } catch (ChartreuseException e) {
            failure = Optional.of(e);
            unanswered.add(newest);
            throw e;
        }
    }

    private void writeAs(Run newest) {
        fence.await(Duration.ZERO, FOR_THE_LOCK);
        try {
            writeAt(newest, version);
        } catch (VersionConflict moved) {
            writeAgain(newest);
        } catch (ChartreuseException e) {
            throw unrecorded(newest, e);
        }
    }

    private void writeAt(Run newest, String former) throws VersionConflict {
        Artifact artifact = new Artifact(
                newest.id(),
                newest.release().name(),
                RunDocument.FORMAT_VERSION,
                newest.startedAt(),
                RunDocument.write(newest).toString(),
                former);
        version = journal.write(artifact).version();
    }

    /**
     * This process holds the lock, so no other run writes this record: a person or a program removed it, or changed the
     * object that it is in.
     */
    private void writeAgain(Run newest) {
        try {
            Optional<Artifact> there = journal.find(newest.id());
            if (there.filter(found -> !isAsWritten(found)).isPresent()) {
                throw changed(newest);
            }
            if (there.isEmpty()) {
                LOG.warn(
                        "the record of run {} was removed while the run is under way: it is written again",
                        newest.id());
            }
            writeAt(newest, there.map(Artifact::version).orElse(""));
        } catch (VersionConflict again) {
            throw changed(newest);
        } catch (ChartreuseException e) {
            throw e.diagnostics().get(0).code() == ApplyError.RUN_TAKEN_OVER ? e : unrecorded(newest, e);
        }
    }

    private boolean isAsWritten(Artifact found) {
        return Stream.concat(Stream.ofNullable(written), unanswered.stream())
                .anyMatch(ours -> found.content().equals(RunDocument.write(ours).toString()));
    }

    private static ChartreuseException changed(Run run) {
        return new ChartreuseException(Diagnostic.error(
                ApplyError.RUN_TAKEN_OVER,
                "the record of run " + run.id() + " was changed by another process while this one holds the lock",
                "Find out who wrote it, and compare it with the output of this run."));
    }

    /** Whatever it is to the backend, in the middle of a run it is no mistake of the user. */
    private static ChartreuseException unrecorded(Run run, ChartreuseException e) {
        Diagnostic first = e.diagnostics().get(0);
        return new ChartreuseException(
                Diagnostic.error(
                        ApplyError.UNRECORDED,
                        "the record of run " + run.id() + " cannot be written: " + first.summary() + " ["
                                + first.code().code() + "]",
                        first.remedy()),
                e);
    }

    /** What an entry says of problems, in one text. */
    static String said(Iterable<Diagnostic> problems) {
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append(text.isEmpty() ? "" : "; ").append(problem.summary()));
        return text.toString();
    }

    /** The last entry of that kind. */
    static Optional<Entry> last(Run run, Event event) {
        return run.entries().stream().filter(entry -> entry.event() == event).reduce((a, b) -> b);
    }
}
