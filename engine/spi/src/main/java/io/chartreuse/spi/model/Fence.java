package io.chartreuse.spi.model;

import java.time.Duration;

/**
 * Whether the release's lock is known to be ours, as those see it who write to the world under it. A write begins only
 * while the lock stays ours for longer than the write can take, so that it has ended before another run may begin.
 */
public interface Fence {

    /** Where no lock is held, as when a plan is saved. */
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

    /** Whether the lock is known to stay ours for longer than that. Cheap; for the last look before a write. */
    boolean isOpen(Duration needed);

    /**
     * Returns once {@link #isOpen} holds. A lock that could not be renewed for a while is renewed first, which goes well
     * when nobody took it meanwhile. May be called by many threads; an interrupt ends the wait, its flag stays.
     *
     * @param needed   how long the write may take at most
     * @param patience how long to wait for the renewal
     * @return whether it had to wait
     * @throws ChartreuseException where the lock is lost, at once; where it could not be renewed in time
     */
    boolean await(Duration needed, Duration patience);
}
