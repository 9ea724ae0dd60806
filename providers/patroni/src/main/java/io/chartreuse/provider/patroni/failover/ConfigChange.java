package io.chartreuse.provider.patroni.failover;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.gate.Sleeper;
import io.chartreuse.provider.patroni.rest.ConfigReader;
import io.chartreuse.provider.patroni.rest.ConfigReply;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Changes the dynamic configuration until the store shows the wanted state or time is up. Patroni refuses a change when
 * another one came first ({@code 409}), and a cluster in the middle of a failover may not answer at all.
 *
 * @param limit how long to try
 */
record ConfigChange(PatroniApi api, Duration limit, Clock clock, Sleeper pause) {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Decides what to do about the configuration as the store has it now. */
    @FunctionalInterface
    interface Decision {
        Next next(DynamicConfig now) throws InterruptedException;
    }

    /** The next action: a change, or a wait. */
    sealed interface Next {

        /** What to change. */
        record Change(ObjectNode patch) implements Next {}

        /** Why nothing is changed yet. */
        record Wait(String why) implements Next {}
    }

    /**
     * The result.
     *
     * @param config  the configuration, where the store shows the wanted state
     * @param problem what prevented the change last
     * @param waiting whether a decision prevented it, and not the REST API
     */
    record Result(Optional<DynamicConfig> config, String problem, boolean waiting) {

        static Result of(ConfigReply reply, Predicate<DynamicConfig> reached) {
            return new Result(
                    reply.config().filter(reached),
                    reply.config().isPresent()
                            ? "another client changes it at the same time"
                            : String.join("; ", reply.problems()),
                    false);
        }
    }

    /** @param said gets a message when the obstacle changes */
    Result until(Predicate<DynamicConfig> reached, Decision decision, Consumer<String> said)
            throws InterruptedException {
        Instant deadline = clock.instant().plus(limit);
        String before = "";
        while (true) {
            Result result = attempt(reached, decision);
            if (result.config().isPresent()) {
                return result;
            }
            if (!result.problem().equals(before)) {
                before = result.problem();
                said.accept(before);
            }
            if (!clock.instant().isBefore(deadline)) {
                return result;
            }
            pause.pass(INTERVAL);
        }
    }

    /** The condition to wait for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws InterruptedException;
    }

    /** Waits for the condition, up to the same limit as a change. */
    void await(Condition condition) throws InterruptedException {
        Instant deadline = clock.instant().plus(limit);
        while (!condition.holds() && clock.instant().isBefore(deadline)) {
            pause.pass(INTERVAL);
        }
    }

    /**
     * Reads the store's state by a change without effect, and changes it. GET would return what a member has read some
     * seconds ago.
     */
    private Result attempt(Predicate<DynamicConfig> reached, Decision decision) throws InterruptedException {
        ConfigReply before = api.patch(ConfigReader.nothing());
        if (before.config().isEmpty() || before.config().filter(reached).isPresent()) {
            return Result.of(before, reached);
        }
        Next next = decision.next(before.config().get());
        return next instanceof Next.Change change
                ? Result.of(api.patch(change.patch()), reached)
                : new Result(Optional.empty(), ((Next.Wait) next).why(), true);
    }
}
