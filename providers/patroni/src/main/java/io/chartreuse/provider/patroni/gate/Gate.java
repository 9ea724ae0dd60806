package io.chartreuse.provider.patroni.gate;

import io.chartreuse.spi.provider.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waits until a cluster is ready, or time is up. */
public final class Gate {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Clock clock;
    private final Sleeper pause;
    private final Duration interval;

    /** A gate that checks every 2 s. */
    public Gate(Clock clock) {
        this(clock, Sleeper.SLEEP, INTERVAL);
    }

    public Gate(Clock clock, Sleeper pause, Duration interval) {
        this.clock = clock;
        this.pause = pause;
        this.interval = interval;
    }

    /**
     * Checks at once, then at each interval, and a last time when the limit is reached. Reports what is missing
     * whenever that changes.
     *
     * @return the last result, ready or not
     */
    public ClusterReadiness await(ReadinessLook cluster, Duration limit, Progress progress)
            throws InterruptedException {
        Instant deadline = clock.instant().plus(limit);
        String said = "";
        while (true) {
            ClusterReadiness readiness = cluster.look();
            if (!readiness.isReady() && !readiness.what().equals(said)) {
                said = readiness.what();
                progress.report("waiting: " + said);
            }
            Duration left = Duration.between(clock.instant(), deadline);
            if (readiness.isReady() || left.isNegative() || left.isZero()) {
                return readiness;
            }
            pause.pass(left.compareTo(interval) < 0 ? left : interval);
        }
    }
}
