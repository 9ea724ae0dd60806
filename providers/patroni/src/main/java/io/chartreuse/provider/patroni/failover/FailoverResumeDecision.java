package io.chartreuse.provider.patroni.failover;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.failover.ConfigChange.Decision;
import io.chartreuse.provider.patroni.failover.ConfigChange.Next;
import io.chartreuse.provider.patroni.failover.LeaderEvidence.Life;
import io.chartreuse.provider.patroni.rest.ConfigReader;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import java.util.function.Function;

/**
 * Puts failover into force only where that cannot make a second primary: a leader leads, or the former one is known to be
 * dead or demoted. For one attempt at resuming.
 */
final class FailoverResumeDecision implements Decision {

    private final LeaderWatch watch;
    private final Function<DynamicConfig, ObjectNode> resuming;
    private boolean safeBefore;

    /**
     * @param resuming   what would take names away
     * @param safeBefore whether the leader was found dead or demoted just before
     */
    FailoverResumeDecision(LeaderWatch watch, Function<DynamicConfig, ObjectNode> resuming, boolean safeBefore) {
        this.watch = watch;
        this.resuming = resuming;
        this.safeBefore = safeBefore;
    }

    /** A death counts when it is seen twice in a row: one look may come in the midst of a restart. */
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
