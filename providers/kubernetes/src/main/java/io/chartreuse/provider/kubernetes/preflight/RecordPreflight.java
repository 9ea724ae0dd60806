package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.Check;
import io.chartreuse.spi.Preflight;
import io.chartreuse.spi.Severity;
import java.time.Clock;
import java.util.List;

/** Looks for what keeping plans, runs and the lock needs; the same whatever the changes are. */
public final class RecordPreflight implements Preflight {

    private final Cluster cluster;
    private final AccessReview review;
    private final ServerChecks server;

    public RecordPreflight(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.review = new AccessReview(cluster);
        this.server = new ServerChecks(cluster, clock);
    }

    @Override
    public List<Check> check(List<Change> changes) {
        return List.of(records(), events());
    }

    @Override
    public List<Check> examine() {
        return server.of(
                () -> List.of(server.api("coordination.k8s.io/v1", "leases", "the lock"), records(), events()));
    }

    private Check records() {
        return new RightsCheck(
                        cluster.namespace(), "rights on records", Severity.ERROR, "keep plans, runs and the lock")
                .of(review.ask(RightsNeeded.forRecords()));
    }

    private Check events() {
        return new RightsCheck(cluster.namespace(), "rights on events", Severity.WARNING, "write events")
                .of(review.ask(RightsNeeded.forEvents()));
    }
}
