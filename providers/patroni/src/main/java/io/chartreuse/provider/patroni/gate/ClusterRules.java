package io.chartreuse.provider.patroni.gate;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.Member;
import io.chartreuse.provider.patroni.rest.MemberRole;
import io.chartreuse.provider.patroni.rest.NodeStatus;
import io.chartreuse.provider.patroni.rest.Primary;
import io.chartreuse.provider.patroni.settings.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what a cluster lacks by its REST API alone. */
final class ClusterRules {

    private ClusterRules() {}

    /**
     * @param maximumLag      empty: replicas do not matter
     * @param allowNoReplicas whether a cluster without replicas counts as ready
     */
    static List<ReadinessGap> missing(ClusterView view, Optional<ByteSize> maximumLag, boolean allowNoReplicas) {
        if (view.cluster().isEmpty()) {
            return List.of(noAnswer(view.problems()));
        }
        ClusterStatus cluster = view.cluster().get();
        List<ReadinessGap> missing = new ArrayList<>();
        leader(cluster, view.primary()).ifPresent(missing::add);
        Set<String> receivers =
                view.primary().map(Primary::node).map(NodeStatus::receivers).orElse(Set.of());
        maximumLag.ifPresent(lag -> missing.addAll(new ReplicaRules(lag, allowNoReplicas, receivers).missing(cluster)));
        return missing;
    }

    private static ReadinessGap noAnswer(List<String> problems) {
        return new ReadinessGap(
                "no endpoint tells the cluster's state (" + String.join("; ", problems) + ")",
                "See whether Patroni runs there, and whether its configuration store (etcd, Consul, Kubernetes) answers it.");
    }

    private static Optional<ReadinessGap> leader(ClusterStatus cluster, Optional<Primary> primary) {
        if (cluster.leader().isEmpty()) {
            List<Member> standbyLeaders = cluster.of(MemberRole.STANDBY_LEADER);
            return Optional.of(standbyLeaders.isEmpty() ? noLeader(cluster) : standbyCluster(standbyLeaders.get(0)));
        }
        Member leader = cluster.leader().get();
        if (!leader.isRunning()) {
            return Optional.of(notRunning(leader.name(), leader.state()));
        }
        return primary.flatMap(answer -> notPrimary(leader, answer));
    }

    private static ReadinessGap noLeader(ClusterStatus cluster) {
        String members = cluster.members().stream()
                .map(member -> member.name() + ": " + member.state())
                .collect(Collectors.joining(", "));
        return new ReadinessGap(
                "no leader (" + (members.isEmpty() ? "no members" : members) + ")",
                "Look at `patronictl list` and at the members' logs.");
    }

    private static ReadinessGap standbyCluster(Member leader) {
        return new ReadinessGap(
                "this is a standby cluster: its leader " + leader.name() + " follows another cluster",
                "Name the endpoints of the cluster that takes writes, or promote this one.");
    }

    private static ReadinessGap notRunning(String leader, String state) {
        return new ReadinessGap(
                "leader " + leader + " is " + state, "Look at the log of PostgreSQL on " + leader + ".");
    }

    /** Checks the state, too, because Patroni answers 200 for a leader that is shutting down. */
    private static Optional<ReadinessGap> notPrimary(Member leader, Primary primary) {
        Optional<String> state = primary.node().state().filter(word -> !word.equals("running"));
        return switch (primary.verdict()) {
            case YES -> state.map(word -> notRunning(leader.name(), word)).or(() -> inRecovery(leader, primary.node()));
            case NO ->
                Optional.of(new ReadinessGap(
                        leader.name() + " holds the leader lock but does not say that it is the primary",
                        "Look at the log of Patroni on " + leader.name() + "."));
            case NOT_REACHED ->
                Optional.of(new ReadinessGap(
                        "the REST API of leader " + leader.name() + " cannot be reached from here",
                        "Add the leader's own URL to the endpoints, or let its restapi.connect_address be reachable."));
        };
    }

    /** Checks PostgreSQL's own report, and not only the leader lock. */
    private static Optional<ReadinessGap> inRecovery(Member leader, NodeStatus node) {
        return node.role()
                .filter(role -> role != MemberRole.LEADER)
                .map(role -> new ReadinessGap(
                        "leader " + leader.name() + " takes no writes yet (pg_is_in_recovery() is true)",
                        "Look at the log of PostgreSQL on " + leader.name() + ": its promotion is not through."));
    }
}
