package io.chartreuse.provider.patroni.gate;

import io.chartreuse.provider.patroni.problem.Missing;
import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.Member;
import io.chartreuse.provider.patroni.rest.MemberRole;
import io.chartreuse.provider.patroni.settings.ByteSize;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the replicas keep up.
 *
 * @param receivers who receives the leader's changes, as the leader itself says
 */
record ReplicaRules(ByteSize maximumLag, Set<String> receivers) {

    private static final String REMEDY = "Look at the replica's log and at pg_stat_replication on the leader.";

    List<Missing> missing(ClusterStatus cluster) {
        return cluster.of(MemberRole.REPLICA).stream()
                .flatMap(replica -> missing(replica).stream())
                .map(what -> new Missing(what, REMEDY))
                .toList();
    }

    /** Not the number of bytes: it moves, and who waits wants to hear of what changes. */
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

    /** Before 3.0.4, a replica says no more than that it runs. */
    private boolean streams(Member replica) {
        return replica.saysThatItStreams() || replica.cascading() || receivers.contains(replica.name());
    }
}
