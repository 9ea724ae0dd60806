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
 *
 * <p>These three methods are all that a provider needs. It offers more by implementing further interfaces, which the
 * engine finds with {@code instanceof}:
 *
 * <table>
 * <caption>Capabilities that a provider may add</caption>
 * <tr><th>interface</th><th>called</th><th>by which thread</th><th>may</th></tr>
 * <tr><td>{@link WarmUp}</td>
 * <td>while the configuration is read (of the factory)</td><td>its own</td>
 * <td>only compute</td></tr>
 * <tr><td>{@link CrossProviderCheck}</td>
 * <td>once, when all providers are made</td><td>the command's</td>
 * <td>nothing</td></tr>
 * <tr><td>{@link io.chartreuse.spi.model.Servers}</td>
 * <td>before each connection of any provider</td><td>any</td>
 * <td>ask servers, for a bounded time</td></tr>
 * <tr><td>{@link io.chartreuse.spi.model.RightsReview}</td>
 * <td>before the lock is taken</td><td>the command's</td>
 * <td>read</td></tr>
 * <tr><td>{@link StaleSuspensionRelease}</td>
 * <td>under the lock, before the first refresh of a run</td><td>the run's</td>
 * <td>resume what a run that died left suspended</td></tr>
 * <tr><td>{@link SnapshotSource}</td>
 * <td>beside a refresh, and after the last step</td><td>its own, or the run's</td>
 * <td>read</td></tr>
 * <tr><td>{@link OfflinePlanning}</td>
 * <td>in place of a refresh, for a plan without connections</td><td>the command's</td>
 * <td>nothing</td></tr>
 * <tr><td>{@link LostCommitCheck}</td>
 * <td>before a run is resumed</td><td>the run's</td>
 * <td>nothing</td></tr>
 * <tr><td>{@link io.chartreuse.spi.model.Preflight}</td>
 * <td>under the lock, before the first step; by {@code doctor}</td><td>the run's</td>
 * <td>read</td></tr>
 * <tr><td>{@link Observer}</td>
 * <td>before the first step and after the last</td><td>the run's</td>
 * <td>read, for a bounded time</td></tr>
 * <tr><td>{@link SuspensionWatcher}</td>
 * <td>while databases migrate</td><td>its own, interrupted at the end</td>
 * <td>give a suspension up</td></tr>
 * <tr><td>{@link MaintenanceWatcher}</td>
 * <td>from the end of a stage until resources are brought back</td><td>its own, interrupted at the end</td>
 * <td>stop a resource again</td></tr>
 * <tr><td>{@link ReadinessCheck}</td>
 * <td>once, when all that comes back was started</td><td>the run's, interrupted at an early end</td>
 * <td>wait</td></tr>
 * <tr><td>{@link RunFinisher}</td>
 * <td>once, after the last step, before the end is on record</td><td>the run's</td>
 * <td>do what may be left out</td></tr>
 * <tr><td>{@link Repairable}</td>
 * <td>by {@code repair}, under the lock</td><td>the command's</td>
 * <td>remove what a failed step left</td></tr>
 * </table>
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
