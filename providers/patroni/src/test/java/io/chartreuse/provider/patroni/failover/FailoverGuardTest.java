package io.chartreuse.provider.patroni.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.patroni.FakePatroni;
import io.chartreuse.provider.patroni.rest.PatroniApi;
import io.chartreuse.provider.patroni.rest.RestClient;
import io.chartreuse.provider.patroni.settings.RestSettings;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FailoverGuardTest {

    private static final String MARKED =
            "{\"pause\": true, \"chartreuse\": {\"pausedFor\": {\"shop\": {\"run\": \"r\"}}, \"formerPause\": null}}";
    private static final String LOST =
            "leader pg1 is gone: Patroni does not vouch for it, and its PostgreSQL at 127.0.0.1:5432 does not answer."
                    + " Automatic failover is paused for this run; where that lasts 10s, it is resumed";

    private final FakePatroni patroni = FakePatroni.leader();
    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-22T07:00:00Z"));
    private final List<String> said = new ArrayList<>();
    private boolean answers = true;
    private int looks;

    @AfterEach
    void close() {
        patroni.close();
    }

    @Test
    void aLeaderThatStaysAwayGetsASuccessor() throws Exception {
        patroni.answer("/config", 200, MARKED);
        guard(look -> {
            if (look == 1) {
                kill();
            } else if (look == 6) {
                patroni.answer("/config", 200, "{}");
            }
        });

        assertEquals(List.of(LOST, "automatic failover is on again"), said);
        assertEquals(12, clock.instant().getEpochSecond() % 60, "the first look was well, and five seconds in a row");
    }

    @Test
    void aLeaderThatIsRestartedIsLeftAlone() {
        interruptedAfter(20, look -> {
            if (look == 2) {
                kill();
            } else if (look == 4) {
                patroni.answer("/primary", 200, FakePatroni.node("running", "master"));
            }
        });

        assertEquals(List.of(LOST, "leader pg1 answers"), said);
    }

    @Test
    void aLeaderWhosePatroniAloneIsAwayIsLeftAlone() {
        interruptedAfter(20, look -> silence());

        assertEquals(
                List.of("Patroni does not vouch for leader pg1, but its PostgreSQL at 127.0.0.1:5432 answers. Automatic"
                        + " failover stays paused for this run"),
                said);
    }

    @Test
    void whereNobodyCanBeAskedThatIsToldOnce() {
        interruptedAfter(20, look -> patroni.answer("/cluster", 503, ""));

        assertEquals(1, said.size(), said::toString);
        assertTrue(said.get(0).startsWith("no member says whether the leader is alive ("), said::toString);
    }

    @Test
    void whatCannotBeResumedIsToldAndTriedAgain() {
        patroni.answer("/config", 503, "");
        interruptedAfter(40, look -> kill());

        assertTrue(said.get(1).startsWith("not resumed yet: "), said::toString);
        assertTrue(
                said.stream()
                                .filter(text -> text.contains("could not be resumed within 5s"))
                                .count()
                        > 1,
                said::toString);
    }

    private void kill() {
        answers = false;
        silence();
    }

    /** Stops the leader's answers. Its lock is still listed for a while, as in Patroni. */
    private void silence() {
        patroni.answer("/primary", 503, FakePatroni.node("stopped", "master"));
    }

    private void interruptedAfter(int looks, Consumer<Integer> then) {
        assertThrows(
                InterruptedException.class,
                () -> guard(look -> {
                    then.accept(look);
                    if (look == looks) {
                        Thread.currentThread().interrupt();
                    }
                }));
    }

    /** @param then what happens after each read */
    private void guard(Consumer<Integer> then) throws InterruptedException {
        PatroniApi api = new PatroniApi(
                List.of(patroni.endpoint()), new RestClient(RestSettings.DEFAULT, reference -> new Secret("hush")));
        LeaderWatch watch = new LeaderWatch(api, address -> answers);
        FailoverSwitch toggle = new FailoverSwitch(
                Address.parse("patroni.failover/main"), api, watch, "shop", Duration.ofSeconds(5), clock, this::pass);
        new FailoverGuard(watch, toggle, clock, duration -> {
                    pass(duration);
                    then.accept(++looks);
                    pass(Duration.ZERO);
                })
                .guard(said::add);
    }

    private void pass(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        clock.advance(duration);
    }
}
