package io.chartreuse.provider.patroni.gate;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.Member;
import io.chartreuse.provider.patroni.rest.MemberRole;
import io.chartreuse.provider.patroni.settings.ByteSize;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks whether the replicas keep up.
 *
 * @param allowNone whether a cluster without replicas counts as ready
 * @param receivers who receives the leader's changes, according to the leader itself
 */
record ReplicaRules(ByteSize maximumLag, boolean allowNone, Set<String> receivers) {

    private static final String REMEDY = "Look at the replica's log and at pg_stat_replication on the leader.";

    List<ReadinessGap> missing(ClusterStatus cluster) {
        List<Member> replicas = cluster.of(MemberRole.REPLICA);
        if (replicas.isEmpty() && !allowNone) {
            return List.of(new ReadinessGap(
                    "no replica is listed, so none is within maximumLag (" + maximumLag + ")",
                    "Look at `patronictl list`: a replica that is down is not listed after a while. Where there is to be"
                            + " none, set allowNoReplicas: true."));
        }
        return replicas.stream()
                .flatMap(replica -> missing(replica).stream())
                .map(what -> new ReadinessGap(what, REMEDY))
                .toList();
    }

    /** Leaves out the number of bytes: it changes all the time, and only real changes are reported. */
    private Optional<String> missing(Member replica) {
        if (!replica.isRunning()) {
            return Optional.of("replica " + replica.name() + " is " + replica.state());
        }
        if (!streams(replica)) {
            return Optional.of("replica " + replica.name() + " runs, and does not stream from the leader");
        }
        if (replica.lag().isEmpty()) {
            return Optional.of("the lag of replica " + replica.name() + " is unknown");
        }
        return replica.lag().getAsLong() <= maximumLag.bytes()
                ? Optional.empty()
                : Optional.of("replica " + replica.name() + " is more than " + maximumLag + " behind");
    }

    /** Before 3.0.4 Patroni reports of a replica only that it runs. */
    private boolean streams(Member replica) {
        return replica.saysThatItStreams() || replica.cascading() || receivers.contains(replica.name());
    }
}
