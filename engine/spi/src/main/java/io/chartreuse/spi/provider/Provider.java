package io.chartreuse.spi.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Step;
import java.util.List;

/**
 * Reads and changes the resources of one configuration section. The engine makes one instance a command, calls
 * {@link #refresh()} from one thread and {@link #converge} from several at once (never two for the same address).
 */
public interface Provider extends AutoCloseable {

    /**
     * Reads what is there and compares it with what the configuration wants. Changes nothing. A problem that a person
     * has to fix before a plan makes sense (a checksum that changed) is an error among the resource's findings, so that
     * all problems show at once.
     *
     * @throws ChartreuseException if the resources cannot be read: server unreachable, credentials refused
     */
    List<Resource> refresh();

    /**
     * Drives one resource to the state of a step and returns it as freshly read from the world, in the words of
     * {@link Change#state}. What moves by itself (a replica count that an autoscaler owns) is returned as the step
     * names it, where it is within bounds. The engine compares the two and fails the step where they differ.
     *
     * <p>Idempotent. A thread that is interrupted stops waiting, leaves nothing half-done that it can avoid, and throws
     * an {@link InterruptedException}; one that ended early because {@link Progress#stopping()} asked for it throws
     * {@link StoppedEarly}.
     *
     * @throws ChartreuseException where the state cannot be reached; the message names the resource and the remedy
     */
    ObjectNode converge(Step step, Progress progress) throws InterruptedException;

    /** Releases connections and threads; called once, as the last call. */
    @Override
    void close();
}
