package io.chartreuse.provider.patroni.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.provider.patroni.FakePatroni;
import io.chartreuse.provider.patroni.settings.Endpoint;
import io.chartreuse.provider.patroni.settings.RestSettings;
import io.chartreuse.spi.model.ClusterLeader;
import io.chartreuse.spi.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ClusterLeaderTest {

    private final FakePatroni patroni = FakePatroni.leader();
    private final FakePatroni other = new FakePatroni();
    private final RestClient client = new RestClient(
            RestSettings.within(Duration.ofSeconds(2), Duration.ofSeconds(2)), reference -> new Secret("secret"));

    @AfterEach
    void close() {
        patroni.close();
        other.close();
    }

    @Test
    void readsNameAddressIdentityTimelineAndPositionOfTheLeader() throws Exception {
        patroni.answer("/primary", 200, primary("{\"location\": 67395656}"));

        assertEquals(
                Optional.of(new ClusterLeader(
                        "pg1",
                        Optional.of("127.0.0.1:5432"),
                        Optional.of("42"),
                        OptionalInt.of(7),
                        OptionalLong.of(67395656),
                        true)),
                leader(patroni.endpoint()));
    }

    @Test
    void leavesAnAddressOutThatWouldChangeTheUrl() throws Exception {
        String cluster = patroni.clusterOfOne("leader", "running");
        patroni.answer(
                "/cluster",
                200,
                cluster.replace("127.0.0.1\", \"port", "evil.example/x?requireAuth=password&a\", \"port"));

        assertEquals(Optional.empty(), leader(patroni.endpoint()).orElseThrow().address());
        assertEquals(
                List.of(),
                new PatroniApi(List.of(patroni.endpoint()), client).members().addresses());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "{}", "[]", "{\"location\": -1}", "{\"location\": \"0/4\"}", "{\"location\": 1e99}"})
    void takesAPositionThatIsNoNumberOfBytesForUnknown(String written) throws Exception {
        patroni.answer("/primary", 200, primary(written));

        assertEquals(
                OptionalLong.empty(), leader(patroni.endpoint()).orElseThrow().position());
    }

    @Test
    void confirmsNoLeaderThatDoesNotVouchForItself() throws Exception {
        patroni.answer("/primary", 503, FakePatroni.node("running", "replica"));

        ClusterLeader leader = leader(patroni.endpoint()).orElseThrow();

        assertEquals(false, leader.confirmed());
    }

    @Test
    void confirmsNoLeaderThatKeepsSilent() throws Exception {
        patroni.hang("/primary");

        ClusterLeader leader = leader(patroni.endpoint()).orElseThrow();

        assertEquals(false, leader.confirmed());
        assertEquals(OptionalInt.of(1), leader.timeline(), "what the list of members says");
    }

    @Test
    void isEmptyWhereNobodyListsTheMembersOrNoneOfThemLeads() throws Exception {
        other.answer("/cluster", 200, patroni.clusterOfOne("replica", "streaming"));

        assertEquals(Optional.empty(), leader(other.endpoint()));
        assertEquals(Optional.empty(), leader(Endpoint.parse("http://127.0.0.1:1")));
    }

    @Test
    void isEmptyForAStandbyCluster() throws Exception {
        patroni.answer("/cluster", 200, patroni.clusterOfOne("standby_leader", "running"));

        assertEquals(Optional.empty(), leader(patroni.endpoint()));
    }

    @Test
    void remembersNothing() throws Exception {
        PatroniApi api = new PatroniApi(List.of(patroni.endpoint()), client);
        assertEquals(OptionalInt.of(1), api.leader().orElseThrow().timeline());

        patroni.answer("/primary", 200, primary("{}"));

        assertEquals(OptionalInt.of(7), api.leader().orElseThrow().timeline());
    }

    private Optional<ClusterLeader> leader(Endpoint endpoint) throws InterruptedException {
        return new PatroniApi(List.of(endpoint), client).leader();
    }

    private static String primary(String written) {
        return "{\"state\": \"running\", \"role\": \"master\", \"timeline\": 7, \"xlog\": " + written
                + ", \"database_system_identifier\": \"42\"}";
    }
}
