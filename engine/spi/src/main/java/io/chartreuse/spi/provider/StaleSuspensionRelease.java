package io.chartreuse.spi.provider;

/**
 * An optional capability of a {@link Provider}: it resumes what a run that died has left suspended, if that keeps the
 * next run from beginning. For example, a run pauses the failover of a cluster, then dies together with the cluster's
 * leader: the cluster has no primary to connect to until failover is resumed.
 */
@FunctionalInterface
public interface StaleSuspensionRelease {

    /**
     * Resumes it, in bounded time, and waits until the next run can begin. The engine calls it under the lock, before
     * it reads the resources for a run; no run of this release is under way then. Changes nothing if nothing keeps the
     * run from beginning. A failure is reported and not thrown: the run then fails with its own error.
     *
     * @param progress each message is shown to people, so they are few
     */
    void unblock(Progress progress) throws InterruptedException;
}
