package io.chartreuse.provider.postgres.resume;

import java.time.Duration;

/** Waits; injected so that tests need not. */
@FunctionalInterface
public interface Pause {

    void sleep(Duration time) throws InterruptedException;
}
