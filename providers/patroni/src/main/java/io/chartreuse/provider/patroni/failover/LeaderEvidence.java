package io.chartreuse.provider.patroni.failover;

import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.LastLeader;
import io.chartreuse.provider.patroni.rest.MemberRole;
import io.chartreuse.provider.patroni.rest.NodeStatus;
import io.chartreuse.provider.patroni.rest.Primary;
import java.util.Optional;

/**
 * What one read shows of a leader's life.
 *
 * @param life   whether it lives
 * @param leader the member that leads, or led last; empty where none is known
 * @param said   the same for people; empty where all is well
 */
record LeaderEvidence(Life life, Optional<LastLeader> leader, String said) {

    /** Whether a leader lives. */
    enum Life {
        /** Patroni says that it is the primary. */
        LEADS(true),
        /** The member itself reports that it is no longer the primary. */
        DEMOTED(true),
        /** Neither its Patroni nor its PostgreSQL answers: no server takes writes. */
        GONE(true),
        /** Its Patroni does not answer, but its PostgreSQL may still be the primary. */
        UNATTENDED(false),
        /** No member answered. */
        UNKNOWN(false);

        private final boolean safe;

        Life(boolean safe) {
            this.safe = safe;
        }

        /** Whether another member may be promoted without making a second primary. */
        boolean allowsFailover() {
            return safe;
        }
    }

    /** Whether Patroni confirms the leader: holding the leader lock is not enough. */
    static boolean leads(ClusterView view) {
        return view.primary().filter(LeaderEvidence::leads).isPresent();
    }

    /** Whether its PostgreSQL runs as the primary: one that is starting, stopping or in recovery takes no writes. */
    private static boolean leads(Primary primary) {
        NodeStatus node = primary.node();
        return primary.verdict() == Primary.Verdict.YES
                && node.state().filter(word -> !word.equals("running")).isEmpty()
                && node.role().filter(role -> role != MemberRole.LEADER).isEmpty();
    }

    static LeaderEvidence leading(LastLeader leader) {
        return new LeaderEvidence(Life.LEADS, Optional.of(leader), "");
    }

    /** The evidence where no endpoint returned the cluster's state. */
    static LeaderEvidence unknown(ClusterView view, Optional<LastLeader> leader) {
        return new LeaderEvidence(
                Life.UNKNOWN,
                leader,
                "no member says whether the leader is alive (" + String.join("; ", view.problems()) + ")");
    }

    /**
     * The evidence where Patroni confirmed no leader.
     *
     * @param leader  who led last
     * @param self    what that member reports about itself; empty where it does not answer
     * @param answers whether its PostgreSQL answers; without meaning where the address is not known
     */
    static LeaderEvidence silent(Optional<LastLeader> leader, Optional<NodeStatus> self, boolean answers) {
        if (leader.isEmpty()) {
            return new LeaderEvidence(
                    Life.UNATTENDED, leader, "Patroni vouches for no leader, and it is not known who led last");
        }
        if (self.filter(LeaderEvidence::isReplica).isPresent()) {
            return new LeaderEvidence(
                    Life.DEMOTED, leader, "leader " + leader.get().name() + " says that it is not a primary any more");
        }
        String name = "leader " + leader.get().name();
        String where = leader.get().address().map(at -> " at " + at).orElse("");
        if (where.isEmpty()) {
            return new LeaderEvidence(
                    Life.UNATTENDED,
                    leader,
                    "Patroni does not vouch for " + name
                            + ", and it cannot be seen from here whether its PostgreSQL is alive");
        }
        return answers
                ? new LeaderEvidence(
                        Life.UNATTENDED,
                        leader,
                        "Patroni does not vouch for " + name + ", but its PostgreSQL" + where + " answers")
                : new LeaderEvidence(
                        Life.GONE,
                        leader,
                        name + " is gone: Patroni does not vouch for it, and its PostgreSQL" + where
                                + " does not answer");
    }

    /** Whether it runs as a replica: a member that starts up may become the primary that it was. */
    private static boolean isReplica(NodeStatus node) {
        return node.role().filter(role -> role != MemberRole.LEADER).isPresent()
                && node.state()
                        .filter(word -> word.equals("running") || word.equals("streaming"))
                        .isPresent();
    }
}
