package io.chartreuse.spi.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.MigrationResult;

/**
 * Where a step says how far it is, and asks whether it is to end early. Calls are cheap and may come from any thread;
 * none of them throws.
 */
@FunctionalInterface
public interface Progress {

    /** Ignores all reports. */
    Progress NONE = message -> {};

    /** What is being done or awaited now, in one line, without secrets: {@code 3 pods left: web-1, web-2, web-3}. */
    void report(String message);

    /**
     * What a reader of the log has to see, whatever else is left out there: something that is not as it should be, in one
     * line, without secrets.
     */
    default void warn(String message) {
        report(message);
    }

    /**
     * A migration of the step has ended; applied means committed. The user sees it at once; the record gets it with the
     * end of the step. A later result of the same script replaces an earlier one.
     */
    default void ended(MigrationResult result) {}

    /**
     * How the resource of the step is now, where that differs from what {@link Provider#converge} returns: a replica count
     * that an autoscaler set, another that keeps it stopped. People are shown this in place of the step's state. The last
     * one counts.
     */
    default void shows(ObjectNode observed) {}

    /**
     * How far the resource is back at work, where that is not as the step's state says.
     *
     * @param how for people: {@code 3 of 3 pods are ready}
     */
    default void stands(ReadinessState standing, String how) {}

    /**
     * Whether the step should end at the next point at which its resource is in order: another step beside it has
     * failed, or the run was asked to end and its grace period is running. A provider that works in units (migrations)
     * asks before each of them, and while it waits for something; it finishes the unit under way, then throws {@link
     * StoppedEarly}. Once it is true it stays so. A provider may ignore it: its thread is interrupted when the grace
     * period is over.
     */
    default boolean stopping() {
        return false;
    }
}
