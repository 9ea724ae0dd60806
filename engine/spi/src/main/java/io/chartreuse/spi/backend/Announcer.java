package io.chartreuse.spi.backend;

/**
 * An optional capability of a {@link Backend}: it reports how a run goes to people who watch the cluster instead of
 * Chartreuse's output.
 */
@FunctionalInterface
public interface Announcer {

    /**
     * Reports the event. The engine calls it a handful of times a run, from the run's thread, once the record of the
     * event is durable. A failure here does not affect the run: the backend logs it at debug level and never throws.
     */
    void announce(Announcement announcement);
}
