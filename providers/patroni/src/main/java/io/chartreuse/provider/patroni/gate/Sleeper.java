package io.chartreuse.provider.patroni.gate;

import java.time.Duration;

/** Lets a wait pass its time; tests let it pass faster. */
@FunctionalInterface
public interface Sleeper {

    /** Sleeps. */
    Sleeper SLEEP = duration -> Thread.sleep(duration.toMillis());

    /** @throws InterruptedException as soon as the thread is interrupted */
    void pass(Duration duration) throws InterruptedException;
}
