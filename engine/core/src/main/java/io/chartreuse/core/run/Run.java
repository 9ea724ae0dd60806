package io.chartreuse.core.run;

import io.chartreuse.core.plan.Release;
import io.chartreuse.spi.model.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One execution of a plan, as recorded.
 *
 * @param id       unique in its release, sorted by time: {@code 20261122t070000z-3fa2c1}
 * @param planId   the plan that it executes
 * @param endedAt  when it ended; empty while it goes on
 * @param recovery what became of stopped workloads; empty while that is open, and where all went well
 * @param entries  in the order in which they were written
 * @param evidence what ties it to the run before it, and to who allowed it
 */
public record Run(
        String id,
        String planId,
        Release release,
        String chartreuseVersion,
        Actor actor,
        Instant startedAt,
        Optional<Instant> endedAt,
        Outcome outcome,
        Optional<Recovery> recovery,
        List<Entry> entries,
        Evidence evidence) {

    public Run {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(planId, "planId");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(chartreuseVersion, "chartreuseVersion");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(recovery, "recovery");
        Objects.requireNonNull(evidence, "evidence");
        entries = List.copyOf(entries);
    }

    /** A first run without approvals. */
    public Run(
            String id,
            String planId,
            Release release,
            String chartreuseVersion,
            Actor actor,
            Instant startedAt,
            Optional<Instant> endedAt,
            Outcome outcome,
            Optional<Recovery> recovery,
            List<Entry> entries) {
        this(
                id,
                planId,
                release,
                chartreuseVersion,
                actor,
                startedAt,
                endedAt,
                outcome,
                recovery,
                entries,
                Evidence.NONE);
    }

    /** The same run with one more entry; numbers it. */
    public Run with(
            Instant at,
            Event event,
            Optional<String> step,
            Optional<Address> address,
            Optional<StepOutcome> stepOutcome,
            String message) {
        return with(new Entry(entries.size() + 1, at, event, step, address, stepOutcome, message, List.of()));
    }

    /** The same run with this entry, which has to be the next. */
    public Run with(Entry entry) {
        List<Entry> longer = new ArrayList<>(entries);
        longer.add(entry);
        return new Run(
                id, planId, release, chartreuseVersion, actor, startedAt, endedAt, outcome, recovery, longer, evidence);
    }

    /** The same run with other evidence. */
    public Run with(Evidence other) {
        return new Run(
                id, planId, release, chartreuseVersion, actor, startedAt, endedAt, outcome, recovery, entries, other);
    }

    /** The same run, going on under this actor. */
    public Run resumedBy(Actor newActor) {
        return new Run(
                id,
                planId,
                release,
                chartreuseVersion,
                newActor,
                startedAt,
                Optional.empty(),
                Outcome.RUNNING,
                Optional.empty(),
                entries,
                evidence.leaving(Optional.empty()));
    }

    /** The same run, ended. */
    public Run ended(Instant at, Outcome how, Optional<Recovery> recovered) {
        return new Run(
                id,
                planId,
                release,
                chartreuseVersion,
                actor,
                startedAt,
                Optional.of(at),
                how,
                recovered,
                entries,
                evidence);
    }

    /**
     * Whether workloads are held in maintenance after it, as far as it says: others may have put back all that it was to leave
     * there.
     */
    public boolean isHolding() {
        List<Downtime> times = evidence.downtimes();
        return recovery.filter(Recovery.HELD::equals).isPresent()
                && (times.isEmpty()
                        || times.stream().anyMatch(time -> time.since().isPresent()));
    }

    /** Whether its record says that such a thing has happened. */
    public boolean has(Event event) {
        return entries.stream().anyMatch(entry -> entry.event() == event);
    }
}
