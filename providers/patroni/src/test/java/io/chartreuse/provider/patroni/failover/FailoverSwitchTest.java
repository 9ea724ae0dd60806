package io.chartreuse.provider.patroni.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.patroni.FakePatroni;
import io.chartreuse.provider.patroni.problem.PatroniError;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import io.chartreuse.provider.patroni.rest.RestClient;
import io.chartreuse.provider.patroni.settings.RestSettings;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One fake Patroni stands for all members but the leader, which stops answering. */
@Timeout(60)
class FailoverSwitchTest {

    private static final String LEADER = "127.0.0.1:5432";
    private static final String OTHER = "127.0.0.1:5433";
    private static final String PAUSED = "{\"pause\":true,\"chartreuse\":{\"pausedFor\":{\"shop\":{\"run\":\"r\","
            + "\"since\":\"t\",\"leader\":\"pg1\",\"leaderAddress\":\"" + LEADER + "\"}},\"formerPause\":null}}";

    private final FakePatroni patroni = FakePatroni.leader();
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T07:00:00Z"));
    private final List<String> said = new ArrayList<>();
    private final Set<String> answering = new HashSet<>(Set.of(LEADER, OTHER));
    private final PatroniApi api = new PatroniApi(
            List.of(patroni.endpoint()), new RestClient(RestSettings.DEFAULT, reference -> new Secret("hush")));
    private FailoverSwitch toggle = toggle();

    @AfterEach
    void close() {
        patroni.close();
    }

    @Test
    void whoLeadsIsWrittenDownWithThePause() throws Exception {
        patroni.configured("{}");

        assertEquals(FailoverState.SUSPENDED, toggle.suspend("r", said::add));
        assertTrue(
                patroni.config().contains("\"leader\":\"pg1\",\"leaderAddress\":\"" + LEADER + "\""), patroni::config);
    }

    @Test
    void aLeaderThatDoesNotAnswerFromHereIsWrittenDownWithoutItsAddress() throws Exception {
        patroni.configured("{}");
        answering.clear();
        toggle.suspend("r", said::add);

        assertTrue(patroni.config().contains("\"leaderAddress\":null")
                || !patroni.config().contains("leaderAddress"));
        assertTrue(said.get(1).contains("does not answer from here"), said::toString);
    }

    @Test
    void nothingIsPausedWhileNobodyLeads() {
        patroni.configured("{}");
        silenceLeader();

        assertEquals(
                PatroniError.FAILOVER_NOT_CHANGED,
                failure(() -> toggle.suspend("r", said::add)).code());
        assertEquals("{}", patroni.config());
    }

    @Test
    void failoverStaysPausedBesideAPrimaryWhosePatroniIsSilent() throws Exception {
        patroni.configured("{}");
        toggle.suspend("r", said::add);
        String paused = patroni.config();
        silenceLeader();

        Diagnostic left = failure(() -> toggle.resume(said::add));

        assertEquals(PatroniError.FAILOVER_LEFT_PAUSED, left.code());
        assertTrue(left.summary().contains("its PostgreSQL at " + LEADER + " answers"), left::summary);
        assertEquals(paused, patroni.config());
    }

    @Test
    void failoverIsResumedWhenTheFormerPrimaryIsDead() throws Exception {
        patroni.configured("{}");
        toggle.suspend("r", said::add);
        silenceLeader();
        answering.remove(LEADER);

        assertEquals(FailoverState.AUTOMATIC, toggle.resume(said::add));
        assertEquals("{}", patroni.config());
        assertTrue(said.stream().anyMatch(text -> text.contains("leader pg1 is gone")), said::toString);
    }

    @Test
    void anotherProcessKnowsTheFormerPrimaryFromTheMark() throws Exception {
        patroni.configured(PAUSED);
        silenceLeader();

        assertEquals(
                PatroniError.FAILOVER_LEFT_PAUSED,
                failure(() -> toggle.resume(said::add)).code());
        assertEquals(PAUSED, patroni.config());

        answering.remove(LEADER);
        assertEquals(FailoverState.AUTOMATIC, toggle().resume(said::add));
    }

    @Test
    void fromWhereNoMemberCanBeReachedSilenceProvesNoDeath() {
        patroni.configured(PAUSED);
        silenceLeader();
        answering.clear();

        Diagnostic left = failure(() -> toggle.resume(said::add));

        assertEquals(PatroniError.FAILOVER_LEFT_PAUSED, left.code());
        assertTrue(left.summary().contains("cannot be seen from here"), left::summary);
    }

    @Test
    void aPauseThatNamesNoLeaderIsLeftToAPersonWhereNobodyLeads() {
        patroni.configured("{\"pause\": true, \"chartreuse\": {\"pausedFor\": {\"shop\": {}}}}");
        silenceLeader();

        assertEquals(
                PatroniError.FAILOVER_LEFT_PAUSED,
                failure(() -> toggle.resume(said::add)).code());
    }

    @Test
    void aFormerPrimaryThatSaysItFollowsIsNoReasonToWait() throws Exception {
        patroni.configured(PAUSED);
        // The same with a leader that was restarted while failover is paused: its PostgreSQL answers, and it is a
        // replica.
        patroni.answer("/cluster", 200, members(member("pg1", LEADER), member("pg2", OTHER)))
                .answer("/patroni", 200, FakePatroni.node("running", "replica"));

        assertEquals(FailoverState.AUTOMATIC, toggle.resume(said::add));
    }

    @Test
    void aReplicaThatIsListedAsSuchMayStillBeThePrimary() {
        patroni.configured(PAUSED);
        // A member that has lost the leader lock is listed as a replica, even if it is still the primary.
        patroni.answer("/cluster", 200, members(member("pg1", LEADER), member("pg2", OTHER)))
                .answer("/patroni", 200, FakePatroni.node("running", "master"));

        assertEquals(
                PatroniError.FAILOVER_LEFT_PAUSED,
                failure(() -> toggle.resume(said::add)).code());
    }

    @Test
    void withoutAChangeTakenNothingIsToBeResumed() throws Exception {
        patroni.answer("/config", 401, "");
        assertEquals(
                PatroniError.FAILOVER_NOT_CHANGED,
                failure(() -> toggle.suspend("r", said::add)).code());
        patroni.answer("/config", 200, "{}");

        assertEquals(FailoverState.AUTOMATIC, toggle.resume(said::add));
        assertEquals("automatic failover was not paused by this run", said.get(said.size() - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusalThatNoWaitingMendsIsSaidAsSuch(int status) throws Exception {
        patroni.answer("/config", status, "");

        FailoverSwitch.Refusal refusal = toggle.refusal().orElseThrow();

        assertTrue(refusal.lasting());
        assertTrue(refusal.missing().what().contains("HTTP " + status), refusal.missing()::what);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 500, 503})
    void aRefusalThatMayPassIsWaitedFor(int status) throws Exception {
        patroni.answer("/config", status, "");

        assertFalse(toggle.refusal().orElseThrow().lasting());
    }

    @Test
    void aDeadRunsPauseIsTakenAwayWhereNobodyLeads() throws Exception {
        patroni.configured(PAUSED);
        silenceLeader();
        answering.remove(LEADER);

        toggle.unblock(said::add);

        assertEquals("{}", patroni.config());
        assertEquals(
                "the cluster has no leader, and automatic failover is paused for shop by run r since t: it is resumed first",
                said.get(0));
    }

    @Test
    void aPauseBesideALeaderIsLeftToItsRun() throws Exception {
        patroni.configured(PAUSED);
        patroni.answer(
                "/cluster", 200, patroni.clusterOfOne("leader", "running").replaceFirst("\\{", "{\"pause\":true,"));

        toggle.unblock(said::add);

        assertEquals(PAUSED, patroni.config());
        assertEquals(List.of(), said);
    }

    private FailoverSwitch toggle() {
        return new FailoverSwitch(
                Address.parse("patroni.failover/main"),
                api,
                new LeaderWatch(api, answering::contains),
                "shop",
                Duration.ofSeconds(5),
                clock,
                clock::advance);
    }

    /** Lists a cluster as a paused Patroni does whose leader's Patroni has not answered for longer than its lease. */
    private void silenceLeader() {
        patroni.answer("/cluster", 200, members(member("pg2", OTHER)))
                .answer("/primary", 503, "")
                .answer("/patroni", 200, FakePatroni.node("running", "replica"));
    }

    private String members(String... members) {
        return "{\"pause\": true, \"members\": [" + String.join(", ", members) + "]}";
    }

    private String member(String name, String address) {
        String[] place = address.split(":");
        return "{\"name\": \"" + name + "\", \"role\": \"replica\", \"state\": \"running\", \"host\": \"" + place[0]
                + "\", \"port\": " + place[1] + ", \"api_url\": \"" + patroni.url() + "/patroni\"}";
    }

    private static Diagnostic failure(Action action) {
        ChartreuseException failed = assertThrows(ChartreuseException.class, action::run);
        return failed.diagnostics().get(0);
    }

    private interface Action {
        Object run() throws InterruptedException;
    }
}
