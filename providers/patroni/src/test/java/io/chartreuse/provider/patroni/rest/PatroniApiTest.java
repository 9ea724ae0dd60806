package io.chartreuse.provider.patroni.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.patroni.FakePatroni;
import io.chartreuse.provider.patroni.rest.Primary.Verdict;
import io.chartreuse.provider.patroni.settings.Endpoint;
import io.chartreuse.provider.patroni.settings.RestSettings;
import io.chartreuse.spi.model.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PatroniApiTest {

    /** No server listens on port 1. */
    private static final Endpoint NOBODY = Endpoint.parse("http://127.0.0.1:1");

    private final FakePatroni patroni = FakePatroni.leader();
    private final FakePatroni other = new FakePatroni();
    private final RestClient client = client(Duration.ofSeconds(15));

    @AfterEach
    void close() {
        patroni.close();
        other.close();
    }

    @Test
    void readsLeaderAndIdentityFromOneMember() throws Exception {
        ClusterView view = look(patroni.endpoint());

        assertEquals("pg1", leader(view).name());
        assertEquals(Optional.of(Verdict.YES), view.primary().map(Primary::verdict));
        assertEquals(Map.of("scope", "demo", "systemIdentifier", "42"), view.identity());
        assertEquals(EndpointPresence.PATRONI, view.presence());
        assertEquals(List.of("/cluster", "/primary"), patroni.requests());
    }

    @ParameterizedTest
    @CsvSource({
        "leader, LEADER",
        "master, LEADER",
        "primary, LEADER",
        "standby_leader, STANDBY_LEADER",
        "replica, REPLICA",
        "sync_standby, REPLICA",
        "quorum_standby, REPLICA",
        "something_new, REPLICA"
    })
    void knowsTheRolesOfAllVersions(String word, MemberRole role) throws Exception {
        patroni.answer("/cluster", 200, patroni.clusterOfOne(word, "running"));

        assertEquals(role, members(look(patroni.endpoint())).get(0).role());
    }

    @Test
    void readsLagAsNumberOrAsUnknown() throws Exception {
        patroni.answer("/cluster", 200, """
                {"scope": "demo", "pause": true, "members": [
                  {"name": "a", "role": "replica", "state": "streaming", "lag": 17, "receive_lag": 1, "new": {}},
                  {"name": "b", "role": "replica", "state": "streaming", "lag": "unknown"},
                  {"name": "c", "role": "replica", "state": "streaming"}]}""");

        assertEquals(
                List.of(OptionalLong.of(17), OptionalLong.empty(), OptionalLong.empty()),
                members(look(patroni.endpoint())).stream().map(Member::lag).toList());
    }

    @Test
    void takesMembersWithoutAnyField() throws Exception {
        patroni.answer("/cluster", 200, "{\"members\": [{}, {\"name\": null, \"api_url\": \"::\", \"lag\": []}]}");

        Member member = members(look(patroni.endpoint())).get(1);

        assertEquals("unnamed", member.name());
        assertEquals(MemberRole.REPLICA, member.role());
        assertEquals(Optional.empty(), member.apiUrl());
    }

    @Test
    void asksTheNextEndpointWhenOneRefuses() throws Exception {
        ClusterView view = look(NOBODY, patroni.endpoint());

        assertEquals("pg1", leader(view).name());
    }

    @Test
    void asksTheNextEndpointWhenOneHangs() throws Exception {
        other.hang("/cluster");

        ClusterView view = look(other.endpoint(), patroni.endpoint());

        assertEquals("pg1", leader(view).name());
        assertEquals(
                List.of(other.url() + ": no answer within 2s"),
                vain(other.endpoint()).problems());
    }

    @Test
    void oneThatHangsCostsNoTimeWhereAnotherAnswers() {
        other.hang("/cluster");
        PatroniApi patient = new PatroniApi(List.of(other.endpoint(), patroni.endpoint()), client(Duration.ofHours(1)));

        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertEquals("pg1", leader(patient.look(false)).name()));
    }

    @Test
    void asksTheOneThatAnsweredLastAloneAndAllOthersWhenItFallsSilent() throws Exception {
        other.hang("/cluster");
        PatroniApi api = new PatroniApi(List.of(other.endpoint(), patroni.endpoint()), client);
        api.look(false);
        assertEquals(List.of("/cluster"), other.requests());

        assertEquals("pg1", leader(api.look(false)).name());
        assertEquals(List.of("/cluster"), other.requests(), "the one that answered last comes first");

        patroni.drop("/cluster");
        other.answer("/cluster", 200, patroni.clusterOfOne("leader", "running"));
        assertEquals("pg1", leader(api.look(false)).name());
    }

    @Test
    void aChangeBeginsWithTheOneThatAnsweredLast() throws Exception {
        other.hang("/config");
        patroni.answer("/config", 200, "{}");
        PatroniApi api = new PatroniApi(List.of(other.endpoint(), patroni.endpoint()), client);
        api.look(false);

        assertTrue(api.patch(ConfigReader.nothing()).config().isPresent());
        assertEquals(
                List.of(), other.requests().stream().filter("/config"::equals).toList());
    }

    @Test
    void asksTheNextEndpointWhenABodyNeverEnds() throws Exception {
        other.stall("/cluster");

        ClusterView view = look(other.endpoint(), patroni.endpoint());

        assertEquals("pg1", leader(view).name());
        assertEquals(
                List.of(other.url() + ": no answer within 2s"),
                vain(other.endpoint()).problems());
    }

    @Test
    void takesNoMoreOfAnAnswerThanAHealthyEndpointSends() throws Exception {
        other.answer("/cluster", 200, "{\"members\": \"" + "x".repeat(ReplyBody.LARGEST) + "\"}");
        PatroniApi patient = new PatroniApi(List.of(other.endpoint()), client(Duration.ofMinutes(1)));

        assertEquals(
                List.of(other.url() + ": its answer is larger than 4 MiB"),
                patient.look(false).problems());
    }

    @Test
    void asksTheNextEndpointWhenOneClosesTheConnection() throws Exception {
        other.drop("/cluster");

        ClusterView view = look(other.endpoint(), patroni.endpoint());

        assertEquals("pg1", leader(view).name());
        assertEquals(
                List.of(other.url() + ": connection closed without an answer (where it wants TLS, write https://)"),
                vain(other.endpoint()).problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "null", "{}", "{\"members\": 3}", "{\"members\": [", "\"text\""})
    void asksTheNextEndpointWhenOneIsNotPatroni(String body) throws Exception {
        other.answer("/cluster", 200, body);

        ClusterView view = look(other.endpoint(), patroni.endpoint());

        assertEquals("pg1", leader(view).name());
        assertEquals(
                List.of(other.url() + ": not the answer of Patroni"),
                vain(other.endpoint()).problems());
    }

    @Test
    void seesAStrangerWhereNothingAnswersAsPatroni() throws Exception {
        other.answer("/cluster", 200, "<html>").answer("/patroni", 200, "<html>");

        assertEquals(EndpointPresence.STRANGER, look(NOBODY, other.endpoint()).presence());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void seesAServerThatRefusesUs(int status) throws Exception {
        other.answer("/cluster", status, "").answer("/patroni", status, "");

        assertEquals(EndpointPresence.REFUSING, look(NOBODY, other.endpoint()).presence());
    }

    @Test
    void seesAServerWithWhichTlsCannotBeAgreedOn() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> refuseInPlainText(plain), "plain");
            answering.setDaemon(true);
            answering.start();

            ClusterView view = look(NOBODY, Endpoint.parse("https://127.0.0.1:" + plain.getLocalPort()));

            assertEquals(EndpointPresence.UNTRUSTED, view.presence());
            assertTrue(view.problems().get(1).contains("TLS failed: "), view.problems()::toString);
        }
    }

    /** The answer of a server without TLS. */
    private static void refuseInPlainText(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket socket = plain.accept()) {
                socket.getInputStream().read();
                socket.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                continue; // closed by either side
            }
        }
    }

    @Test
    void seesNobodyWhereAllRefuse() throws Exception {
        ClusterView view = look(NOBODY, Endpoint.parse("http://host.invalid:8008"));

        assertEquals(EndpointPresence.NOBODY, view.presence());
        assertEquals(2, view.problems().size());
        assertEquals(
                "http://host.invalid:8008: host host.invalid is unknown (DNS)",
                view.problems().get(1));
    }

    @Test
    void takesA503WithABodyForAClusterThatIsNotReady() throws Exception {
        other.answer("/cluster", 503, "{\"state\": \"starting\"}");

        ClusterView view = look(other.endpoint());

        assertEquals(EndpointPresence.PATRONI, view.presence());
        assertEquals(List.of(other.url() + ": HTTP 503"), view.problems());
    }

    @Test
    void knowsTheClusterByItsNodesWhileItsStoreIsDown() throws Exception {
        // Like Patroni 3.0 without etcd: it closes /cluster after a while, and answers /patroni.
        patroni.drop("/cluster").answer("/patroni", 200, FakePatroni.node("running", "replica"));

        ClusterView view = look(patroni.endpoint());

        assertEquals(EndpointPresence.PATRONI, view.presence());
        assertEquals(Optional.empty(), view.cluster());
        assertEquals("42", view.identity().get("systemIdentifier"));
    }

    @Test
    void identifiesTheClusterThroughAReplicaWhenThereIsNoLeader() throws Exception {
        patroni.answer("/cluster", 200, patroni.clusterOfOne("replica", "streaming"));

        assertEquals(
                Map.of("scope", "demo", "systemIdentifier", "42"),
                look(patroni.endpoint()).identity());
    }

    @Test
    void believesTheLeaderThatItIsNotThePrimary() throws Exception {
        patroni.answer("/primary", 503, FakePatroni.node("running", "replica"));

        ClusterView view = look(patroni.endpoint());

        assertEquals(Optional.of(Verdict.NO), view.primary().map(Primary::verdict));
    }

    @Test
    void findsThePrimaryAtAnEndpointWhenItsOwnUrlIsOutOfReach() throws Exception {
        String cluster = patroni.clusterOfOne("leader", "running").replace(patroni.url(), "http://127.0.0.1:1");
        patroni.answer("/cluster", 200, cluster);
        other.answer("/cluster", 200, cluster).answer("/primary", 503, FakePatroni.node("running", "replica"));

        ClusterView view = look(other.endpoint(), patroni.endpoint());

        assertEquals(Optional.of(Verdict.YES), view.primary().map(Primary::verdict));
    }

    @Test
    void saysThatThePrimaryWasNotReached() throws Exception {
        String cluster = patroni.clusterOfOne("leader", "running").replace(patroni.url(), "http://127.0.0.1:1");
        other.answer("/cluster", 200, cluster).answer("/primary", 503, "");

        ClusterView view = look(other.endpoint());

        assertEquals(Optional.of(Verdict.NOT_REACHED), view.primary().map(Primary::verdict));
    }

    @Test
    void followsNoRedirect() throws Exception {
        other.redirect("/cluster", patroni.url() + "/cluster");

        ClusterView view = look(other.endpoint());

        assertEquals(List.of(other.url() + ": HTTP 302"), view.problems());
        assertEquals(List.of(), patroni.requests());
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        other.hang("/cluster");
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> look(other.endpoint()));
    }

    private static RestClient client(Duration limit) {
        return new RestClient(RestSettings.within(limit, limit), reference -> new Secret("secret"));
    }

    /** Reads endpoints that never answer. */
    private static ClusterView vain(Endpoint... endpoints) throws InterruptedException {
        return new PatroniApi(List.of(endpoints), client(Duration.ofSeconds(2))).look(false);
    }

    private ClusterView look(Endpoint... endpoints) throws InterruptedException {
        return new PatroniApi(List.of(endpoints), client).look(false);
    }

    private static List<Member> members(ClusterView view) {
        return view.cluster().orElseThrow().members();
    }

    private static Member leader(ClusterView view) {
        Optional<Member> leader = view.cluster().flatMap(ClusterStatus::leader);
        assertTrue(leader.isPresent(), () -> "no leader in " + view);
        return leader.get();
    }
}
