package io.chartreuse.provider.patroni.failover;

import io.chartreuse.provider.patroni.failover.LeaderEvidence.Life;
import io.chartreuse.provider.patroni.gate.Sleeper;
import io.chartreuse.provider.patroni.rest.LastLeader;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.text.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Watches the leader of a cluster whose failover Chartreuse has paused. Without a leader no other member would ever
 * take over, and the databases' steps wait for just that. So the guard resumes failover, and failover stays resumed.
 */
public final class FailoverGuard {

    /** Longer than a leader's restart, and usually shorter than Patroni's own lease ({@code ttl}). */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final LeaderWatch watch;
    private final FailoverSwitch toggle;
    private final Clock clock;
    private final Sleeper pause;

    public FailoverGuard(LeaderWatch watch, FailoverSwitch toggle, Clock clock, Sleeper pause) {
        this.watch = watch;
        this.toggle = toggle;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Returns when failover is resumed, because from then on Patroni finds a leader. Otherwise ends only by an
     * interrupt.
     */
    public void guard(Progress progress) throws InterruptedException {
        Optional<Instant> goneSince = Optional.empty();
        String said = "";
        while (true) {
            LeaderEvidence sign = watch.look();
            if (!sign.said().equals(said)) {
                progress.report(warning(sign));
                said = sign.said();
            }
            goneSince = isLost(sign) ? goneSince.or(() -> Optional.of(clock.instant())) : Optional.empty();
            if (goneSince.filter(this::isLongAgo).isPresent() && released(progress)) {
                return;
            }
            pause.pass(INTERVAL);
        }
    }

    private static boolean isLost(LeaderEvidence sign) {
        return sign.life() == Life.GONE || sign.life() == Life.DEMOTED;
    }

    private boolean isLongAgo(Instant since) {
        return !clock.instant().isBefore(since.plus(GRACE));
    }

    private static String warning(LeaderEvidence sign) {
        return switch (sign.life()) {
            case LEADS -> "leader " + sign.leader().map(LastLeader::name).orElse("unnamed") + " answers";
            case GONE, DEMOTED ->
                sign.said() + ". Automatic failover is paused for this run; where that lasts " + DurationText.of(GRACE)
                        + ", it is resumed";
            default -> sign.said() + ". Automatic failover stays paused for this run";
        };
    }

    /** False where failover could not be resumed in time. The guard tries again as long as there is no leader. */
    private boolean released(Progress progress) throws InterruptedException {
        try {
            toggle.release(true, progress);
            return true;
        } catch (ChartreuseException e) {
            progress.report(e.getMessage());
            return false;
        }
    }
}
