package io.chartreuse.core.session;

import io.chartreuse.core.apply.AfterRun;
import io.chartreuse.core.apply.RunEvent;
import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.audit.PruneResult;
import io.chartreuse.core.audit.Retention;
import io.chartreuse.core.run.Run;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retention after each run: a little at a time, so that the user does not wait for it. A failure is reported and does
 * not affect the run.
 */
final class RetentionAfterRun implements AfterRun {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionAfterRun.class);

    /** Workloads are back by now; but a hook has its deadline, and others wait for the lock. */
    private static final int MOST = 25;

    private final Retention retention;
    private final Clock clock;
    private final String actor;
    private final RunObserver observer;

    RetentionAfterRun(Retention retention, Clock clock, String actor, RunObserver observer) {
        this.retention = retention;
        this.clock = clock;
        this.actor = actor;
        this.observer = observer;
    }

    @Override
    public void after(Run run, BooleanSupplier held) {
        try {
            PruneResult pruned = retention.prune(clock.instant(), actor, MOST, held);
            LOG.debug(
                    "retention took {} runs and {} plans off the record",
                    pruned.runs().size(),
                    pruned.plans().size());
        } catch (RuntimeException e) {
            LOG.debug("retention failed after run {}", run.id(), e);
            observer.on(
                    new RunEvent.Note("warning: the record could not be tidied, which changes nothing about this run: "
                            + e.getMessage()));
        }
    }
}
