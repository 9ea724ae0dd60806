package io.chartreuse.spi.backend;

/** A rare power of a {@link Backend}: it tells people who watch its world, and not us, how a run goes. */
@FunctionalInterface
public interface Announcer {

    /**
     * Tells it. Called a handful of times a run, from its thread, when the record of what is told is durable. What fails
     * here fails nothing else: it is logged at debug level and never thrown.
     */
    void announce(Announcement announcement);
}
