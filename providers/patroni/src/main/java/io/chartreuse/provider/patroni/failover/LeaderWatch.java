package io.chartreuse.provider.patroni.failover;

import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import io.chartreuse.provider.patroni.rest.LastLeader;
import io.chartreuse.provider.patroni.rest.Member;
import io.chartreuse.provider.patroni.rest.NodeStatus;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Observes whether a cluster's leader lives, and remembers who led last: while failover is paused, Patroni forgets a
 * leader whose Patroni does not answer, although its PostgreSQL still takes writes. Safe for several threads.
 */
public final class LeaderWatch {

    private final PatroniApi api;
    private final Predicate<String> answers;
    private Optional<LastLeader> last = Optional.empty();

    /** @param answers whether a PostgreSQL answers at {@code host:port}, in bounded time */
    public LeaderWatch(PatroniApi api, Predicate<String> answers) {
        this.api = api;
        this.answers = answers;
    }

    /**
     * Reads the state now, in bounded time. Where this process has seen no leader, uses the leader in the mark of the
     * pause.
     */
    LeaderEvidence look() throws InterruptedException {
        ClusterView view = api.look(false);
        if (LeaderEvidence.leads(view)) {
            return LeaderEvidence.leading(
                    remember(view.cluster().flatMap(ClusterStatus::leader).orElseThrow()));
        }
        Optional<LastLeader> seen = last();
        Optional<LastLeader> former = seen.or(() -> view.config().flatMap(DynamicConfig::leader));
        if (view.cluster().isEmpty()) {
            return LeaderEvidence.unknown(view, former);
        }
        Optional<Member> holder = view.cluster().flatMap(ClusterStatus::leader);
        if (holder.isPresent()) {
            boolean same = isNamed(holder.get(), former);
            return ask(same ? former : Optional.of(new LastLeader(holder.get().name(), Optional.empty())));
        }
        Optional<NodeStatus> self = self(view, former);
        boolean reachable = seen.isPresent() || isAnotherReachable(view, former);
        return self.isPresent() || reachable
                ? LeaderEvidence.silent(former, self, answers(former))
                : ask(former.map(leader -> new LastLeader(leader.name(), Optional.empty())));
    }

    private LeaderEvidence ask(Optional<LastLeader> leader) {
        return LeaderEvidence.silent(leader, Optional.empty(), answers(leader));
    }

    private boolean answers(Optional<LastLeader> leader) {
        return leader.flatMap(LastLeader::address).filter(answers).isPresent();
    }

    /** Whether another member's PostgreSQL can be reached. Otherwise the leader's silence proves nothing. */
    private boolean isAnotherReachable(ClusterView view, Optional<LastLeader> leader) {
        return view.cluster().stream()
                .flatMap(cluster -> cluster.members().stream())
                .filter(member -> !isNamed(member, leader))
                .flatMap(member -> member.address().stream())
                .anyMatch(answers);
    }

    private static boolean isNamed(Member member, Optional<LastLeader> leader) {
        return leader.map(LastLeader::name).filter(member.name()::equals).isPresent();
    }

    /**
     * Remembers the leader, and whether its PostgreSQL answers while Patroni confirms it. Otherwise later silence would
     * prove nothing.
     */
    private LastLeader remember(Member leader) {
        Optional<LastLeader> known = last();
        if (isNamed(leader, known) && known.get().address().equals(leader.address())) {
            return known.get();
        }
        LastLeader seen = new LastLeader(leader.name(), leader.address().filter(answers));
        synchronized (this) {
            last = Optional.of(seen);
        }
        return seen;
    }

    private synchronized Optional<LastLeader> last() {
        return last;
    }

    /**
     * Asks the member itself, because the list of members is not enough: it shows a member without the leader lock as a
     * replica, even if that is still the primary.
     */
    private Optional<NodeStatus> self(ClusterView view, Optional<LastLeader> leader) throws InterruptedException {
        Optional<Member> listed = view.cluster().stream()
                .flatMap(cluster -> cluster.members().stream())
                .filter(member -> isNamed(member, leader))
                .findFirst();
        return listed.isPresent() ? api.ask(listed.get()) : Optional.empty();
    }
}
