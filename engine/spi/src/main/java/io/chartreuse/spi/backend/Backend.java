package io.chartreuse.spi.backend;

/**
 * Keeps artifacts and the lock of a release. Knows nothing of what is in an artifact: content is text that it returns
 * exactly as it was written. A backend never truncates content; what is too large for one object is compressed, then
 * split.
 *
 * <p>A backend offers more by implementing further interfaces, which the engine finds with {@code instanceof}:
 *
 * <table>
 * <caption>Capabilities that a backend may add</caption>
 * <tr><th>interface</th><th>called</th><th>by which thread</th><th>may</th></tr>
 * <tr><td>{@link ClusterIdentity}</td>
 * <td>when a plan is made or applied; by audits</td><td>the command's</td>
 * <td>read</td></tr>
 * <tr><td>{@link AccountAware}</td>
 * <td>once a run</td><td>the run's</td>
 * <td>read</td></tr>
 * <tr><td>{@link Announcer}</td>
 * <td>at a handful of events of a run</td><td>the run's</td>
 * <td>write for people, never fail</td></tr>
 * <tr><td>{@link ArtifactInspection}</td>
 * <td>by audits</td><td>the command's</td>
 * <td>read</td></tr>
 * <tr><td>{@link io.chartreuse.spi.model.RightsReview}</td>
 * <td>before the lock is taken</td><td>the command's</td>
 * <td>read</td></tr>
 * <tr><td>{@link io.chartreuse.spi.model.Preflight}</td>
 * <td>under the lock, before the first step; by {@code doctor}</td><td>the run's</td>
 * <td>read</td></tr>
 * </table>
 */
public interface Backend extends AutoCloseable {

    /** Where plans are kept; they never change. */
    PlanStore plans();

    /** Where approvals of plans are kept. */
    ApprovalStore approvals();

    /** Where runs are kept, one record a run. */
    Journal journal();

    /** Where the state of the release after its last run is kept. */
    StateStore state();

    /** What keeps two runs of a release apart. */
    Lock lock();

    @Override
    void close();
}
