package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.Address;

/**
 * An optional capability of a {@link Provider}: it watches what it has suspended while databases migrate. A suspended
 * function may be needed after all: a cluster whose leader dies waits for its failover.
 */
@FunctionalInterface
public interface SuspensionWatcher {

    /**
     * Watches one suspended resource until there is nothing left to watch, or the thread is interrupted; gives its
     * suspension up where keeping it would do harm. The step that resumes it then finds that done. The engine calls it in
     * a thread of its own when databases begin to migrate, and interrupts it when they are through, before anything is
     * resumed.
     *
     * @param suspended the resource
     * @param progress  what a person has to know; each message is put on record, so they are few
     */
    void watch(Address suspended, Progress progress) throws InterruptedException;
}
