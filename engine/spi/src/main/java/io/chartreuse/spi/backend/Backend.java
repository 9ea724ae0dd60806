package io.chartreuse.spi.backend;

/**
 * Keeps artifacts and the lock of a release. Knows nothing of what is in an artifact: content is text that it returns
 * exactly as it was written. A backend never truncates content; what is too large for one object is compressed, then
 * split.
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
