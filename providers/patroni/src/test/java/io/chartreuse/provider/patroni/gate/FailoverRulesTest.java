package io.chartreuse.provider.patroni.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.rest.ClusterStatus;
import io.chartreuse.provider.patroni.rest.ClusterView;
import io.chartreuse.provider.patroni.rest.DynamicConfig;
import io.chartreuse.provider.patroni.rest.DynamicConfig.Hold;
import io.chartreuse.provider.patroni.rest.EndpointPresence;
import io.chartreuse.provider.patroni.rest.Member;
import io.chartreuse.provider.patroni.rest.MemberRole;
import io.chartreuse.provider.patroni.rest.Switchover;
import io.chartreuse.provider.patroni.settings.FailoverSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FailoverRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");
    private static final Optional<Switchover> NONE = Optional.empty();
    private static final Member LEADER =
            new Member("pg1", MemberRole.LEADER, "running", Optional.empty(), OptionalLong.empty());
    private static final DynamicConfig OURS = new DynamicConfig(
            Optional.of(true),
            true,
            new TreeMap<>(Map.of("other", new Hold("r", "t", Optional.empty()))),
            Optional.empty());

    @Test
    void aPauseOfSomebodyElseIsMissing() {
        assertEquals(
                List.of("automatic failover is paused, and not by Chartreuse"),
                what(FailoverSettings.DEFAULT, view(true, NONE, Optional.empty())));
    }

    @Test
    void aPauseMayBeAllowed() {
        FailoverSettings allowing = new FailoverSettings(false, true, Duration.ofHours(1));

        assertEquals(List.of(), what(allowing, view(true, NONE, Optional.empty())));
    }

    @Test
    void aPauseOfAReleaseOfOursIsNone() {
        assertEquals(List.of(), what(FailoverSettings.DEFAULT, view(true, NONE, Optional.of(OURS), LEADER)));
    }

    @Test
    void aPauseOfOursWithoutALeaderIsMissing() {
        assertEquals(
                List.of("automatic failover is paused for other by run r since t, so that no replica takes over"),
                what(FailoverSettings.DEFAULT, view(true, NONE, Optional.of(OURS))));
    }

    @Test
    void theAdviceAboutASwitchoverCanBeCopied() {
        ReadinessGap missing = new FailoverRules(FailoverSettings.DEFAULT, NOW)
                .missing(at(Optional.of(NOW)))
                .get(0);

        assertTrue(missing.remedy().contains("`patronictl flush demo switchover`"), missing.remedy());
    }

    @Test
    void aSwitchoverWithinTheWindowIsMissing() {
        assertEquals(
                List.of("a switchover is scheduled for 2026-11-22T07:59:00Z, within 60m"),
                what(FailoverSettings.DEFAULT, at(Optional.of(NOW.plusSeconds(3540)))));
    }

    @Test
    void aSwitchoverWhoseTimeHasComeOrCannotBeReadIsMissing() {
        assertEquals(
                1,
                what(FailoverSettings.DEFAULT, at(Optional.of(NOW.minusSeconds(60))))
                        .size());
        assertEquals(
                List.of("a switchover is scheduled, within 60m"), what(FailoverSettings.DEFAULT, at(Optional.empty())));
    }

    @Test
    void aLaterSwitchoverDoesNotMatter() {
        assertEquals(List.of(), what(FailoverSettings.DEFAULT, at(Optional.of(NOW.plusSeconds(3601)))));
    }

    private static ClusterView at(Optional<Instant> time) {
        return view(false, Optional.of(new Switchover(time)), Optional.empty());
    }

    private static ClusterView view(
            boolean paused, Optional<Switchover> scheduled, Optional<DynamicConfig> config, Member... members) {
        return new ClusterView(
                EndpointPresence.PATRONI,
                Optional.of(new ClusterStatus(List.of(members), paused, scheduled)),
                Optional.empty(),
                new TreeMap<>(Map.of("scope", "demo")),
                List.of(),
                config);
    }

    private static List<String> what(FailoverSettings settings, ClusterView view) {
        return new FailoverRules(settings, NOW)
                .missing(view).stream().map(ReadinessGap::what).toList();
    }
}
