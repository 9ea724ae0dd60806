package io.chartreuse.provider.patroni.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.EndpointPresence;
import io.chartreuse.provider.patroni.rest.Member;
import io.chartreuse.provider.patroni.rest.MemberRole;
import io.chartreuse.provider.patroni.rest.NodeStatus;
import io.chartreuse.provider.patroni.rest.Primary;
import io.chartreuse.provider.patroni.rest.Primary.Verdict;
import io.chartreuse.provider.patroni.settings.ByteSize;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterRulesTest {

    private static final Member LEADER = member("pg1", MemberRole.LEADER, "running");

    @Test
    void aRunningLeaderThatIsThePrimaryLacksNothing() {
        assertMissing(List.of(), view(says(Verdict.YES, "running"), LEADER));
    }

    @Test
    void aPrimaryThatDoesNotSayItsStateLacksNothing() {
        Primary primary =
                new Primary(Verdict.YES, new NodeStatus(Optional.empty(), Optional.empty(), Optional.empty()));

        assertMissing(List.of(), view(Optional.of(primary), LEADER));
    }

    @Test
    void aPrimaryThatIsShuttingDownIsNotReady() {
        assertMissing(List.of("leader pg1 is stopping"), view(says(Verdict.YES, "stopping"), LEADER));
    }

    @Test
    void aLeaderThatIsStartingIsNotReady() {
        assertMissing(
                List.of("leader pg1 is starting"),
                view(Optional.empty(), member("pg1", MemberRole.LEADER, "starting")));
    }

    @Test
    void aLeaderThatDoesNotSayThatItIsThePrimaryIsNotReady() {
        assertMissing(
                List.of("pg1 holds the leader lock but does not say that it is the primary"),
                view(says(Verdict.NO, "running"), LEADER));
    }

    @Test
    void aLeaderThatCannotBeAskedIsNotReady() {
        assertMissing(
                List.of("the REST API of leader pg1 cannot be reached from here"),
                view(says(Verdict.NOT_REACHED, "running"), LEADER));
    }

    @Test
    void withoutALeaderItSaysWhatTheMembersDo() {
        assertMissing(
                List.of("no leader (pg1: initializing new cluster, pg2: stopped)"),
                view(
                        Optional.empty(),
                        member("pg1", MemberRole.REPLICA, "initializing new cluster"),
                        member("pg2", MemberRole.REPLICA, "stopped")));
    }

    @Test
    void aClusterWithoutMembersHasNoLeader() {
        assertMissing(List.of("no leader (no members)"), view(Optional.empty()));
    }

    @Test
    void theLeaderOfAStandbyClusterTakesNoWrites() {
        assertMissing(
                List.of("this is a standby cluster: its leader pg1 follows another cluster"),
                view(Optional.empty(), member("pg1", MemberRole.STANDBY_LEADER, "running")));
    }

    @Test
    void withoutAnAnswerItNamesTheEndpoints() {
        ClusterView view = new ClusterView(
                EndpointPresence.PATRONI,
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                List.of("http://a: HTTP 503"));

        assertMissing(List.of("no endpoint tells the cluster's state (http://a: HTTP 503)"), view);
    }

    @Test
    void aPrimaryThatIsStillInRecoveryTakesNoWrites() {
        NodeStatus node = new NodeStatus(
                Optional.of("running"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(MemberRole.REPLICA),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Set.of());

        assertMissing(
                List.of("leader pg1 takes no writes yet (pg_is_in_recovery() is true)"),
                view(Optional.of(new Primary(Verdict.YES, node)), LEADER));
    }

    @Test
    void replicasDoNotMatterUnlessALagIsGiven() {
        assertMissing(List.of(), view(says(Verdict.YES, "running"), LEADER, replica("pg2", "stopped", 1)));
    }

    @Test
    void eachReplicaMustKeepUp() {
        NodeStatus node = new NodeStatus(
                Optional.of("running"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(MemberRole.LEADER),
                OptionalInt.of(1),
                OptionalLong.empty(),
                Set.of("pg7"));
        ClusterView view = view(
                Optional.of(new Primary(Verdict.YES, node)),
                LEADER,
                replica("pg2", "streaming", 1024),
                replica("pg3", "streaming", 1025),
                replica("pg4", "streaming", -1),
                replica("pg6", "running", 0),
                replica("pg7", "running", 0),
                replica("pg5", "stopped", 0));

        assertEquals(
                List.of(
                        "replica pg3 is more than 1kB behind",
                        "the lag of replica pg4 is unknown",
                        "replica pg6 runs, and does not stream from the leader",
                        "replica pg5 is stopped"),
                what(ClusterRules.missing(view, Optional.of(ByteSize.parse("1kB")), false)));
    }

    @Test
    void aLagCannotBeKeptWhereNoReplicaIsListed() {
        ClusterView view = view(says(Verdict.YES, "running"), LEADER);
        Optional<ByteSize> lag = Optional.of(ByteSize.parse("16MB"));

        assertEquals(
                List.of("no replica is listed, so none is within maximumLag (16MB)"),
                what(ClusterRules.missing(view, lag, false)));
        assertEquals(List.of(), what(ClusterRules.missing(view, lag, true)));
    }

    private static void assertMissing(List<String> expected, ClusterView view) {
        assertEquals(expected, what(ClusterRules.missing(view, Optional.empty(), false)));
    }

    private static List<String> what(List<ReadinessGap> missing) {
        return missing.stream().map(ReadinessGap::what).toList();
    }

    private static ClusterView view(Optional<Primary> primary, Member... members) {
        ClusterStatus cluster = new ClusterStatus(List.of(members));
        return new ClusterView(EndpointPresence.PATRONI, Optional.of(cluster), primary, new TreeMap<>(), List.of());
    }

    private static Optional<Primary> says(Verdict verdict, String state) {
        return Optional.of(
                new Primary(verdict, new NodeStatus(Optional.of(state), Optional.empty(), Optional.empty())));
    }

    private static Member member(String name, MemberRole role, String state) {
        return new Member(name, role, state, Optional.empty(), OptionalLong.empty());
    }

    /** @param lag negative: unknown */
    private static Member replica(String name, String state, long lag) {
        OptionalLong bytes = lag < 0 ? OptionalLong.empty() : OptionalLong.of(lag);
        return new Member(name, MemberRole.REPLICA, state, Optional.empty(), bytes);
    }
}
