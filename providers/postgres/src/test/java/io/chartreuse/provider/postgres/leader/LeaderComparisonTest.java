package io.chartreuse.provider.postgres.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.provider.postgres.leader.LeaderComparison.Verdict;
import io.chartreuse.provider.postgres.server.PrimaryCheck;
import io.chartreuse.spi.model.ClusterLeader;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LeaderComparisonTest {

    private static final Optional<String> CLUSTER = Optional.of("7001");
    private static final PrimaryCheck OURS = primary(3, 0x1_0000_0148L);

    @Test
    void theSameTimelineAndNoLessWrittenIsOurServer() {
        assertEquals(Verdict.SAME, verdict(OURS, leader(3, 0x1_0000_0148L, true)));
        assertEquals(Verdict.SAME, verdict(OURS, leader(3, 0x1_0000_9000L, true)), "it went on writing meanwhile");
    }

    @Test
    void aLeaderOnAnotherTimelineIsAnotherServer() {
        assertEquals(Verdict.OTHER_LEADER, verdict(OURS, leader(4, 0x1_0000_0148L, true)));
        assertEquals(Verdict.OTHER_LEADER, verdict(OURS, leader(2, 0x2_0000_0000L, true)));
    }

    @Test
    void aLeaderThatHasLessThanWeHaveSeenIsAnotherServer() {
        assertEquals(Verdict.OTHER_LEADER, verdict(OURS, leader(3, 0x1_0000_0147L, true)));
    }

    @Test
    void aStandbyIsNotTheLeader() {
        assertEquals(
                Verdict.OTHER_LEADER,
                verdict(new PrimaryCheck(true, false, Optional.empty()), leader(3, 0x1_0000_0148L, true)));
    }

    @Test
    void anotherSystemIdentifierIsAnotherClusterWhoeverLeadsIt() {
        assertEquals(
                Verdict.OTHER_CLUSTER,
                LeaderComparison.of(Optional.of("9"), OURS, Optional.of(leader(3, 0x1_0000_0148L, false)))
                        .verdict());
    }

    @Test
    void aLeaderThatDoesNotConfirmItProvesNothing() {
        assertEquals(Verdict.NOT_CONFIRMED, verdict(OURS, leader(4, 0x1_0000_0148L, false)));
    }

    @Test
    void whatIsNotToldIsNotCompared() {
        assertEquals(
                Verdict.NOT_KNOWN,
                LeaderComparison.of(CLUSTER, OURS, Optional.empty()).verdict());
        assertEquals(
                Verdict.NOT_KNOWN,
                verdict(new PrimaryCheck(false, false, Optional.empty()), leader(3, 0x1_0000_0148L, true)));
        ClusterLeader silent = new ClusterLeader(
                "n2", Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), true);
        assertEquals(Verdict.NOT_KNOWN, verdict(OURS, silent));
    }

    @Test
    void aLeaderWithoutAPositionIsComparedByItsTimeline() {
        ClusterLeader leader =
                new ClusterLeader("n2", Optional.empty(), CLUSTER, OptionalInt.of(3), OptionalLong.empty(), true);

        assertEquals(Verdict.SAME, verdict(OURS, leader));
    }

    @Test
    void bothSidesAreDescribedAsPostgresWritesThem() {
        LeaderComparison comparison = LeaderComparison.of(CLUSTER, OURS, Optional.of(leader(4, 0x1_0000_0050L, true)));

        assertEquals("on timeline 3, up to 1/148", comparison.here());
        assertEquals("n2 at db-2:5432 leads, on timeline 4, up to 1/50", comparison.there());
    }

    private static Verdict verdict(PrimaryCheck ours, ClusterLeader leader) {
        return LeaderComparison.of(CLUSTER, ours, Optional.of(leader)).verdict();
    }

    private static PrimaryCheck primary(int timeline, long position) {
        return new PrimaryCheck(false, false, Optional.of(timeline), OptionalLong.of(position));
    }

    private static ClusterLeader leader(int timeline, long position, boolean confirmed) {
        return new ClusterLeader(
                "n2",
                Optional.of("db-2:5432"),
                CLUSTER,
                OptionalInt.of(timeline),
                OptionalLong.of(position),
                confirmed);
    }
}
