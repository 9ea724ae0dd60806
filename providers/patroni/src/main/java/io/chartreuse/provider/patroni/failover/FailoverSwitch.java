package io.chartreuse.provider.patroni.failover;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.gate.Pause;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.provider.patroni.rest.ConfigReader;
import io.chartreuse.provider.patroni.rest.ConfigReply;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import io.chartreuse.provider.patroni.rest.DynamicConfig.Hold;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.DurationText;
import io.chartreuse.spi.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Pauses a cluster's automatic failover and resumes it. Each is tried until the store shows it or time is up, because
 * Patroni refuses a change where another one came between ({@code 409}), and a cluster in the midst of a failover may
 * not answer at all.
 */
public final class FailoverSwitch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Address address;
    private final PatroniApi api;
    private final String holder;
    private final Duration limit;
    private final Clock clock;
    private final Pause pause;

    /**
     * @param holder on whose behalf: other releases may hold the same cluster's failover at the same time
     * @param limit  how long to try
     */
    public FailoverSwitch(Address address, PatroniApi api, String holder, Duration limit, Clock clock, Pause pause) {
        this.address = address;
        this.api = api;
        this.holder = holder;
        this.limit = limit;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Pauses it, and writes down what it was.
     *
     * @return the state as read afterwards
     * @throws ChartreuseException where it could not be done in time
     */
    public FailoverState suspend(String run, Progress progress) throws InterruptedException {
        Hold hold =
                new Hold(run, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        DynamicConfig now = until(
                config -> config.isPaused() && config.holds().containsKey(holder),
                config -> ConfigReader.pausing(config, holder, hold),
                "paused",
                progress);
        progress.report("automatic failover is paused");
        return FailoverState.of(now, holder);
    }

    /** Takes our name away; the last one puts the former value back. */
    public FailoverState resume(Progress progress) throws InterruptedException {
        DynamicConfig now = until(
                config -> !config.holds().containsKey(holder)
                        && (!config.marked() || !config.holds().isEmpty()),
                config -> ConfigReader.resuming(config, holder),
                "resumed",
                progress);
        progress.report(said(now));
        return FailoverState.of(now, holder);
    }

    /** Takes all names away, those of other releases too: a dead leader's pause is of use to none of them. */
    void release(Progress progress) throws InterruptedException {
        progress.report(said(until(config -> !config.marked(), ConfigReader::resuming, "resumed", progress)));
    }

    private static String said(DynamicConfig now) {
        if (!now.holds().isEmpty()) {
            return "automatic failover stays paused for "
                    + String.join(", ", now.holds().keySet());
        }
        return now.isPaused() ? "automatic failover stays paused, as it was before" : "automatic failover is on again";
    }

    private DynamicConfig until(
            Predicate<DynamicConfig> reached, Function<DynamicConfig, ObjectNode> patch, String what, Progress progress)
            throws InterruptedException {
        Instant deadline = clock.instant().plus(limit);
        String said = "";
        while (true) {
            Attempt attempt = attempt(reached, patch);
            if (attempt.reached().isPresent()) {
                return attempt.reached().get();
            }
            if (!attempt.problem().equals(said)) {
                said = attempt.problem();
                progress.report("not " + what + " yet: " + said);
            }
            if (!clock.instant().isBefore(deadline)) {
                throw failed(what, said);
            }
            pause.pass(INTERVAL);
        }
    }

    /** One go: see what the store has, change it. GET would tell what a member has read some seconds ago. */
    private record Attempt(Optional<DynamicConfig> reached, String problem) {

        static Attempt of(ConfigReply reply, Predicate<DynamicConfig> reached) {
            return new Attempt(
                    reply.config().filter(reached),
                    reply.config().isPresent() ? "somebody else changes it, too" : String.join("; ", reply.problems()));
        }
    }

    private Attempt attempt(Predicate<DynamicConfig> reached, Function<DynamicConfig, ObjectNode> patch)
            throws InterruptedException {
        ConfigReply before = api.patch(ConfigReader.nothing());
        if (before.config().isEmpty() || before.config().filter(reached).isPresent()) {
            return Attempt.of(before, reached);
        }
        return Attempt.of(api.patch(patch.apply(before.config().get())), reached);
    }

    private ChartreuseException failed(String what, String why) {
        return new ChartreuseException(Diagnostic.error(
                        PatroniError.FAILOVER_NOT_CHANGED,
                        "automatic failover of cluster " + address.name() + " could not be " + what + " within "
                                + DurationText.of(limit) + ": " + why,
                        what.equals("resumed")
                                ? "Mend what is named, then run `chartreuse restore`; or `patronictl resume` by hand. Until"
                                        + " then no replica takes over where the leader fails."
                                : "Mend what is named, or take pauseFailover away; nothing was paused that does not say"
                                        + " so in /config.")
                .about(address));
    }
}
