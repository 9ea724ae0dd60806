package io.chartreuse.provider.patroni.failover;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.failover.ConfigChange.Decision;
import io.chartreuse.provider.patroni.failover.ConfigChange.Next;
import io.chartreuse.provider.patroni.failover.LeaderEvidence.Life;
import io.chartreuse.provider.patroni.rest.ConfigReader;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import java.util.function.Function;

/**
 * Resumes failover only where that cannot make a second primary: a leader leads, or the former leader is known to be
 * dead or demoted. For one attempt.
 */
final class FailoverResumeDecision implements Decision {

    private final LeaderWatch watch;
    private final Function<DynamicConfig, ObjectNode> resuming;
    private boolean safeBefore;

    /**
     * @param resuming   builds the patch that removes holders
     * @param safeBefore whether the leader was found dead or demoted just before
     */
    FailoverResumeDecision(LeaderWatch watch, Function<DynamicConfig, ObjectNode> resuming, boolean safeBefore) {
        this.watch = watch;
        this.resuming = resuming;
        this.safeBefore = safeBefore;
    }

    /** A leader counts as dead when two reads in a row say so, because one read may fall into a restart. */
    @Override
    public Next next(DynamicConfig now) throws InterruptedException {
        ObjectNode patch = resuming.apply(now);
        if (!ConfigReader.resumes(patch)) {
            return new Next.Change(patch);
        }
        LeaderEvidence sign = watch.look();
        boolean safe = sign.life().allowsFailover();
        boolean sure = sign.life() == Life.LEADS || safe && safeBefore;
        safeBefore = safe;
        return sure
                ? new Next.Change(patch)
                : new Next.Wait(sign.said() + (safe ? " (it is looked at once more)" : ""));
    }
}
