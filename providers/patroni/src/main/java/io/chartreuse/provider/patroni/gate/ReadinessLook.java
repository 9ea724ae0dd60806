package io.chartreuse.provider.patroni.gate;

/** Looks how far a cluster is. */
@FunctionalInterface
public interface ReadinessLook {

    /** Looks now, in bounded time. Called again and again, from one thread at a time. */
    ClusterReadiness look() throws InterruptedException;
}
