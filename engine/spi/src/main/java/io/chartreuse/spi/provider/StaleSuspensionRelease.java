package io.chartreuse.spi.provider;

/**
 * A rare power of a {@link Provider}: it takes back what a run that died has left suspended, where that keeps the next run
 * from beginning. A cluster whose leader died together with the run that had paused its failover has no primary to connect
 * to, and gets none before failover is resumed.
 */
@FunctionalInterface
public interface StaleSuspensionRelease {

    /**
     * Does that now, in bounded time, and waits until it has helped. The engine calls it under the lock, before it reads
     * the world for a run; nothing of this release is under way then. Touches nothing where nothing stands in the way. What
     * cannot be done is reported and not thrown: the run fails with what is in its way.
     *
     * @param progress each message is shown to people, so they are few
     */
    void unblock(Progress progress) throws InterruptedException;
}
