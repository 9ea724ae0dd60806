package io.chartreuse.spi.backend;

/**
 * Keeps artifacts and the lock of a release. Knows nothing of what is in an artifact: content is text that it returns
 * to the letter. Nothing is ever cut; what is too large for one object is compressed, then split.
 */
public interface Backend extends AutoCloseable {

    /** Where plans are kept; they never change. */
    PlanStore plans();

    /** Where approvals of plans are kept. */
    ApprovalStore approvals();

    /** Where runs are kept, one record a run. */
    Journal journal();

    /** Where is kept how the release stood after its last run. */
    StateStore state();

    /** What keeps two runs of a release apart. */
    Lock lock();

    @Override
    void close();
}
