package io.chartreuse.provider.patroni.failover;

import io.chartreuse.provider.patroni.failover.ConfigChange.Next;
import io.chartreuse.provider.patroni.failover.ConfigChange.Result;
import io.chartreuse.provider.patroni.failover.LeaderEvidence.Life;
import io.chartreuse.provider.patroni.gate.Sleeper;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.ConfigReader;
import io.chartreuse.provider.patroni.rest.ConfigReply;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import io.chartreuse.provider.patroni.rest.DynamicConfig.Hold;
import io.chartreuse.provider.patroni.rest.LastLeader;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.text.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Pauses a cluster's automatic failover and resumes it. */
public final class FailoverSwitch {

    private final Address address;
    private final PatroniApi api;
    private final LeaderWatch watch;
    private final String holder;
    private final ConfigChange change;

    /** False only where it is certain that this process has paused nothing. */
    private volatile boolean mayBePaused = true;

    /**
     * @param watch  reports whether another member may be promoted
     * @param holder on whose behalf: other releases may hold the same cluster's failover at the same time
     * @param limit  how long to try
     */
    public FailoverSwitch(
            Address address,
            PatroniApi api,
            LeaderWatch watch,
            String holder,
            Duration limit,
            Clock clock,
            Sleeper pause) {
        this.address = address;
        this.api = api;
        this.watch = watch;
        this.holder = holder;
        this.change = new ConfigChange(api, limit, clock, pause);
    }

    /**
     * Pauses failover, and records the former setting and the leader. Refuses while the cluster has no leader, because
     * it would then stay without one.
     *
     * @return the state as read afterwards
     * @throws ChartreuseException where it could not be done in time
     */
    public FailoverState suspend(String run, Progress progress) throws InterruptedException {
        mayBePaused = false;
        Result result = change.until(
                config -> config.isPaused() && config.holds().containsKey(holder),
                config -> pausing(run, config),
                why -> progress.report("not paused yet: " + why));
        DynamicConfig now = result.config().orElseThrow(() -> notPaused(result));
        progress.report("automatic failover is paused");
        now.leader().filter(leader -> leader.address().isEmpty()).ifPresent(leader -> progress.report(unheard(leader)));
        return FailoverState.of(now, holder);
    }

    private Next pausing(String run, DynamicConfig now) throws InterruptedException {
        LeaderEvidence sign = watch.look();
        if (sign.life() != Life.LEADS) {
            return new Next.Wait(sign.said());
        }
        mayBePaused = true;
        String since = change.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return new Next.Change(ConfigReader.pausing(now, holder, new Hold(run, since, sign.leader())));
    }

    private static String unheard(LastLeader leader) {
        return "the PostgreSQL of leader " + leader.name()
                + " does not answer from here: should its Patroni fall silent, failover stays paused until a person looks";
    }

    /**
     * Removes this holder. The last holder restores the former setting, once that cannot make a second primary.
     *
     * @throws ChartreuseException where that could not be done in time, or the former leader may still take writes
     */
    public FailoverState resume(Progress progress) throws InterruptedException {
        Optional<DynamicConfig> untouched = untouched();
        if (untouched.isPresent()) {
            progress.report("automatic failover was not paused by this run");
            return FailoverState.of(untouched.get(), holder);
        }
        Result result = change.until(
                config -> !config.holds().containsKey(holder)
                        && (!config.marked() || !config.holds().isEmpty()),
                new FailoverResumeDecision(watch, config -> ConfigReader.resuming(config, holder), false),
                why -> progress.report("not resumed yet: " + why));
        DynamicConfig now = result.config().orElseThrow(() -> notResumed(result));
        progress.report(said(now));
        return FailoverState.of(now, holder);
    }

    /**
     * The configuration where nothing was paused. A Patroni that refuses changes cannot report the store's state, and
     * need not.
     */
    private Optional<DynamicConfig> untouched() throws InterruptedException {
        return mayBePaused
                ? Optional.empty()
                : api.config().config().filter(config -> !config.holds().containsKey(holder));
    }

    /**
     * Removes all holders, including other releases: a dead leader's pause helps none of them.
     *
     * @param dead whether the leader was found dead or demoted just before
     */
    void release(boolean dead, Progress progress) throws InterruptedException {
        Result result = change.until(
                config -> !config.marked(),
                new FailoverResumeDecision(watch, ConfigReader::resuming, dead),
                why -> progress.report("not resumed yet: " + why));
        progress.report(said(result.config().orElseThrow(() -> notResumed(result))));
    }

    /**
     * Why failover cannot be paused now.
     *
     * @param lasting whether waiting does not help
     */
    public record Refusal(ReadinessGap missing, boolean lasting) {}

    /**
     * Why failover cannot be paused; empty where it can. Sends a change without effect, because only a change shows
     * whether Patroni accepts one.
     */
    public Optional<Refusal> refusal() throws InterruptedException {
        ConfigReply reply = api.patch(ConfigReader.nothing());
        return reply.config().isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        new ReadinessGap(
                                "automatic failover cannot be paused: Patroni takes no change of its configuration ("
                                        + String.join("; ", reply.problems()) + ")",
                                "Look at patroni.clusters." + address.name()
                                        + ".rest (user, password, certificate) and at Patroni's restapi.allowlist; or take"
                                        + " pauseFailover away."),
                        reply.forbidden()));
    }

    /**
     * Resumes failover and waits for a leader, where a run has left failover paused and there is no leader: a run
     * cannot begin before. Reports a failure.
     */
    public void unblock(Progress progress) throws InterruptedException {
        ClusterView view = api.look(false);
        if (LeaderEvidence.leads(view)
                || view.cluster().filter(ClusterStatus::paused).isEmpty()
                || view.config().filter(DynamicConfig::marked).isEmpty()) {
            return;
        }
        progress.report("the cluster has no leader, and automatic failover is paused "
                + view.config().get().pausedFor() + ": it is resumed first");
        try {
            release(false, progress);
            change.await(() -> watch.look().life() == Life.LEADS);
        } catch (ChartreuseException e) {
            progress.report(e.getMessage());
        }
    }

    private static String said(DynamicConfig now) {
        if (!now.holds().isEmpty()) {
            return "automatic failover stays paused for "
                    + String.join(", ", now.holds().keySet());
        }
        return now.isPaused() ? "automatic failover stays paused, as it was before" : "automatic failover is on again";
    }

    private ChartreuseException notPaused(Result result) {
        return failed(
                PatroniError.FAILOVER_NOT_CHANGED,
                "automatic failover of cluster " + address.name() + " could not be paused within " + tried() + ": "
                        + result.problem(),
                "Fix what is named, or take pauseFailover away; nothing was paused that does not say so in /config.");
    }

    private ChartreuseException notResumed(Result result) {
        if (result.waiting()) {
            return failed(
                    PatroniError.FAILOVER_LEFT_PAUSED,
                    "automatic failover of cluster " + address.name() + " is left paused: " + result.problem()
                            + ". Resumed now, it could make a second primary",
                    "Start Patroni on that member again, or make sure that its PostgreSQL is stopped; then run `chartreuse"
                            + " restore` (or `patronictl resume`). Until then no replica takes over.");
        }
        return failed(
                PatroniError.FAILOVER_NOT_CHANGED,
                "automatic failover of cluster " + address.name() + " could not be resumed within " + tried() + ": "
                        + result.problem(),
                "Fix what is named, then run `chartreuse restore`; or `patronictl resume` by hand. Until then no replica"
                        + " takes over where the leader fails.");
    }

    private String tried() {
        return DurationText.of(change.limit());
    }

    private ChartreuseException failed(PatroniError code, String what, String remedy) {
        return new ChartreuseException(Diagnostic.error(code, what, remedy).about(address));
    }
}
