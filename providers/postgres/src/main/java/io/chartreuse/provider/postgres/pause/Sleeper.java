package io.chartreuse.provider.postgres.pause;

import java.time.Duration;

/** Lets time pass; injected, so that tests need not wait. */
@FunctionalInterface
public interface Sleeper {

    /** Waits in earnest. */
    Sleeper REAL = duration -> Thread.sleep(duration.toMillis());

    void rest(Duration duration) throws InterruptedException;
}
