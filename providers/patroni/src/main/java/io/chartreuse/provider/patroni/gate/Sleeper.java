package io.chartreuse.provider.patroni.gate;

import java.time.Duration;

/** How a wait passes its time; tests pass it faster. */
@FunctionalInterface
public interface Sleeper {

    /** Sleeps. */
    Sleeper SLEEP = duration -> Thread.sleep(duration.toMillis());

    /** @throws InterruptedException as soon as the thread is interrupted */
    void pass(Duration duration) throws InterruptedException;
}
