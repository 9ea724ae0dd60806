package io.chartreuse.core.run;

import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.MigrationResult;
import io.chartreuse.spi.provider.ReadinessState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a run's record. Entries are appended and never changed.
 *
 * @param sequence from 1, without gaps
 * @param step     id of the step, where it is about one
 * @param address  its resource
 * @param outcome  how the step ended
 * @param message  for people, without secrets; empty where there is nothing to say
 * @param log      the last progress lines that the step reported; empty but for the end of a step
 * @param migrations how the migrations of the step ended, in the plan's order; empty but for the end of a step. About a
 *                   migration that is not listed this entry says nothing
 * @param standing how far the resource is back at work, as of then; empty where the entry does not say
 */
public record Entry(
        int sequence,
        Instant at,
        Event event,
        Optional<String> step,
        Optional<Address> address,
        Optional<StepOutcome> outcome,
        String message,
        List<String> log,
        List<MigrationResult> migrations,
        Optional<ReadinessState> standing) {
    public Entry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(message, "message");
        log = List.copyOf(log);
        migrations = List.copyOf(migrations);
        Objects.requireNonNull(standing, "standing");
    }

    /** One that ends no migration, and does not say how far something is back. */
    public Entry(
            int sequence,
            Instant at,
            Event event,
            Optional<String> step,
            Optional<Address> address,
            Optional<StepOutcome> outcome,
            String message,
            List<String> log) {
        this(sequence, at, event, step, address, outcome, message, log, List.of(), Optional.empty());
    }
}
