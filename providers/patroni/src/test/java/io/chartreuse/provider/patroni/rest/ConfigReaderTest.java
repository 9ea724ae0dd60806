package io.chartreuse.provider.patroni.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.patroni.rest.DynamicConfig.Hold;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    private static final Hold HOLD = new Hold("run-1", "2026-11-22T07:00:00Z", Optional.empty());

    @Test
    void theFirstHolderWritesDownWhatThereWas() {
        assertEquals(
                "{\"pause\":true,\"chartreuse\":{\"pausedFor\":{\"shop\":{\"run\":\"run-1\","
                        + "\"since\":\"2026-11-22T07:00:00Z\"}},\"formerPause\":null}}",
                ConfigReader.pausing(config("{\"ttl\": 30}"), "shop", HOLD).toString());
        assertEquals(
                "false",
                ConfigReader.pausing(config("{\"pause\": false}"), "shop", HOLD)
                        .at("/chartreuse/formerPause")
                        .toString());
    }

    @Test
    void whoLedStandsBesideThePauseAndIsReadAgain() {
        LastLeader leader = new LastLeader("pg-0", Optional.of("[fd00::7]:5432"));
        String marked = ConfigReader.pausing(
                        config("{}"), "shop", new Hold("run-1", "2026-11-22T07:00:00Z", Optional.of(leader)))
                .toString();

        assertTrue(marked.contains("\"leader\":\"pg-0\",\"leaderAddress\":\"[fd00::7]:5432\""), marked);
        assertEquals(Optional.of(leader), config(marked).leader());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pg-0", "pg-0:x", "user@pg-0:5432", "pg-0:5432/x", ":5432", "pg 0:5432"})
    void anAddressThatLeadsNowhereIsNoProofOfADeath(String address) {
        String marked =
                "{\"pause\": true, \"chartreuse\": {\"pausedFor\": {\"shop\": {\"since\": \"t\", \"leader\": \"a\","
                        + " \"leaderAddress\": \"" + address + "\"}}}}";

        assertEquals(
                Optional.of(new LastLeader("a", Optional.empty())),
                config(marked).leader());
    }

    @Test
    void laterHoldersLeaveTheFormerValueAlone() {
        DynamicConfig held =
                config("{\"pause\": true, \"chartreuse\": {\"pausedFor\": {\"other\": {}}, \"formerPause\": false}}");

        assertTrue(ConfigReader.pausing(held, "shop", HOLD)
                .at("/chartreuse/formerPause")
                .isMissingNode());
    }

    @Test
    void whoLeavesBeforeOthersTakesNoMoreThanItsNameAway() {
        DynamicConfig held =
                config("{\"pause\": true, \"chartreuse\": {\"pausedFor\": {\"other\": {}, \"shop\": {}}}}");

        assertEquals(
                "{\"chartreuse\":{\"pausedFor\":{\"shop\":null}}}",
                ConfigReader.resuming(held, "shop").toString());
    }

    @Test
    void theLastOnePutsTheFormerValueBack() {
        assertEquals("{\"pause\":null,\"chartreuse\":null}", last(""));
        assertEquals("{\"pause\":false,\"chartreuse\":null}", last(", \"formerPause\": false"));
        assertEquals("{\"pause\":true,\"chartreuse\":null}", last(", \"formerPause\": true"));
    }

    @Test
    void whatSomebodyResumedMeanwhileStaysResumed() {
        DynamicConfig resumed = config("{\"chartreuse\": {\"pausedFor\": {\"shop\": {}}, \"formerPause\": true}}");

        assertEquals(
                "{\"chartreuse\":null}", ConfigReader.resuming(resumed, "shop").toString());
    }

    @Test
    void aMarkThatSomebodyMangledIsReadAsFarAsItMakesSense() {
        assertTrue(config("{\"pause\": true, \"chartreuse\": 7}").holds().isEmpty());
        assertTrue(config("{\"chartreuse\": {\"pausedFor\": [1]}}").holds().isEmpty());
        assertTrue(ConfigReader.read("[]").isEmpty());
    }

    private static String last(String former) {
        return ConfigReader.resuming(
                        config("{\"pause\": true, \"chartreuse\": {\"pausedFor\": {\"shop\": {}}" + former + "}}"),
                        "shop")
                .toString();
    }

    private static DynamicConfig config(String body) {
        return ConfigReader.read(body).orElseThrow();
    }
}
