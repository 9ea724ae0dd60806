package io.chartreuse.core.lock;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Fence;
import java.util.Optional;

/** What a run works under: a lock that it holds, or, where it only brings workloads back, a look at who else holds it. */
public sealed interface RunLock extends Fence, AutoCloseable permits HeldLock, WatchedLock {

    /** Calls that once when the lock is lost, from the thread that notices: all work under it must stop. */
    void onLoss(Runnable action);

    /** Why it is lost; empty while it is not. */
    Optional<String> loss();

    /** Whether another process has it, or it was removed. */
    default boolean isLost() {
        return loss().isPresent();
    }

    /** What is wrong with it, for the end of the run. */
    Optional<Diagnostic> shortcoming();

    @Override
    void close();
}
