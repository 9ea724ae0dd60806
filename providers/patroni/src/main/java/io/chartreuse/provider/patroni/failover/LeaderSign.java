package io.chartreuse.provider.patroni.failover;

import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.Member;
import io.chartreuse.provider.patroni.rest.MemberRole;
import io.chartreuse.provider.patroni.rest.NodeStatus;
import io.chartreuse.provider.patroni.rest.Primary;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one look tells of a leader's life.
 *
 * @param life   whether it lives
 * @param leader the member that leads, or led last; empty where none was ever seen
 * @param said   the same for people; empty where all is well
 */
record LeaderSign(Life life, Optional<Member> leader, String said) {

    /** Whether a leader lives. */
    enum Life {
        /** Patroni says that it is the primary. */
        LEADS,
        /** Its Patroni is silent and its PostgreSQL is not: somebody maintains Patroni, or it crashed alone. */
        UNATTENDED,
        /** Neither of them answers: nobody takes writes. */
        GONE,
        /** There is nobody to ask. */
        UNKNOWN
    }

    /**
     * Pure but for what {@code listens} does.
     *
     * @param before  who led when it was looked last
     * @param listens whether a PostgreSQL takes connections at {@code host:port}; asked only where Patroni does not
     *                vouch for the leader
     */
    static LeaderSign of(ClusterView view, Optional<Member> before, Predicate<String> listens) {
        Optional<Member> leader = view.cluster().flatMap(ClusterStatus::leader).or(() -> before);
        if (view.cluster().isEmpty()) {
            return new LeaderSign(
                    Life.UNKNOWN,
                    leader,
                    "nobody tells whether the leader lives (" + String.join("; ", view.problems()) + ")");
        }
        if (view.primary().filter(LeaderSign::leads).isPresent()) {
            return new LeaderSign(Life.LEADS, leader, "");
        }
        boolean lives = leader.flatMap(Member::address).filter(listens).isPresent();
        return new LeaderSign(lives ? Life.UNATTENDED : Life.GONE, leader, silent(leader, lives));
    }

    /** One that is starting, stopping or in recovery takes no writes. */
    private static boolean leads(Primary primary) {
        NodeStatus node = primary.node();
        return primary.verdict() == Primary.Verdict.YES
                && node.state().filter(word -> !word.equals("running")).isEmpty()
                && node.role().filter(role -> role != MemberRole.LEADER).isEmpty();
    }

    private static String silent(Optional<Member> leader, boolean lives) {
        String name = leader.map(member -> "leader " + member.name()).orElse("the leader");
        String where = leader.flatMap(Member::address).map(at -> " at " + at).orElse("");
        return lives
                ? "Patroni does not vouch for " + name + ", but its PostgreSQL" + where + " answers"
                : name + " is gone: Patroni does not vouch for it, and its PostgreSQL" + where + " does not answer";
    }
}
