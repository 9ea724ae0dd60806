package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.preflight.AccessReview.Answer;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.RightsReview;
import io.chartreuse.spi.model.Severity;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks what storing plans, runs and the lock needs, which is the same for all changes. */
public final class RecordPreflight implements Preflight, RightsReview {

    private final Cluster cluster;
    private final AccessReview review;
    private final ServerChecks server;
    private final String lease;

    /** @param lease the name of the release's Lease */
    public RecordPreflight(Cluster cluster, Clock clock, String lease) {
        this.lease = lease;
        this.cluster = cluster;
        this.review = new AccessReview(cluster);
        this.server = new ServerChecks(cluster, clock);
    }

    @Override
    public List<Check> check(List<Change> changes) {
        return reviewRights();
    }

    @Override
    public List<Check> examine() {
        return server.of(() -> Stream.concat(
                        Stream.of(server.api("coordination.k8s.io/v1", "leases", "the lock")), reviewRights().stream())
                .toList());
    }

    /** For records and for events, in one go. */
    @Override
    public List<Check> reviewRights() {
        Set<Right> records = RightsNeeded.forRecords(lease);
        Set<Right> events = RightsNeeded.forEvents();
        Map<Right, Answer> answers =
                review.ask(Stream.of(records, events).flatMap(Set::stream).toList());
        return List.of(
                new RightsCheck(
                                cluster.namespace(),
                                "rights on records",
                                Severity.ERROR,
                                "keep plans, runs and the lock")
                        .of(only(records, answers)),
                new RightsCheck(cluster.namespace(), "rights on events", Severity.WARNING, "write events")
                        .of(only(events, answers)));
    }

    private static Map<Right, Answer> only(Set<Right> rights, Map<Right, Answer> answers) {
        return rights.stream().collect(Collectors.toMap(Function.identity(), answers::get));
    }
}
