package io.chartreuse.provider.patroni.gate;

/** Reads how far a cluster is ready. */
@FunctionalInterface
public interface ReadinessLook {

    /** Reads the state now, in bounded time. Called repeatedly, by one thread at a time. */
    ClusterReadiness look() throws InterruptedException;
}
