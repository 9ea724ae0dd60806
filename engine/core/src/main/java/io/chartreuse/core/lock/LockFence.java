package io.chartreuse.core.lock;

import io.chartreuse.spi.model.Fence;
import java.time.Duration;

/** The fence of one command: open until it holds a lock, from then on as that lock says. */
public final class LockFence implements Fence {

    private volatile Fence held = Fence.OPEN;

    /** From now on writes are made under this lock. */
    public void hold(RunLock lock) {
        held = lock;
    }

    @Override
    public boolean isOpen(Duration needed) {
        return held.isOpen(needed);
    }

    @Override
    public boolean await(Duration needed, Duration patience) {
        return held.await(needed, patience);
    }
}
