package io.chartreuse.spi.model;

import java.time.Duration;

/**
 * Whether this process is known to hold the release's lock, for code that writes under it. A write begins only if the
 * process keeps the lock for longer than the write can take, so that the write has ended before another run may begin.
 */
public interface Fence {

    /** For writes that need no lock, such as saving a plan. */
    Fence OPEN = new Fence() {
        @Override
        public boolean isOpen(Duration needed) {
            return true;
        }

        @Override
        public boolean await(Duration needed, Duration patience) {
            return false;
        }
    };

    /**
     * Whether this process is known to keep the lock for longer than that. Cheap; for the last check before a write.
     */
    boolean isOpen(Duration needed);

    /**
     * Returns once {@link #isOpen} holds. A lock that could not be renewed for a while is renewed first, which succeeds
     * if no other process took it meanwhile. May be called by many threads; an interrupt ends the wait, its flag stays.
     *
     * @param needed   how long the write may take at most
     * @param patience how long to wait for the renewal
     * @return whether it had to wait
     * @throws ChartreuseException where the lock is lost, at once; where it could not be renewed in time
     */
    boolean await(Duration needed, Duration patience);
}
