package io.chartreuse.provider.patroni.gate;

/** Looks how far a cluster is. */
@FunctionalInterface
public interface Look {

    /** Looks now, in bounded time. Called again and again, from one thread at a time. */
    Readiness look() throws InterruptedException;
}
