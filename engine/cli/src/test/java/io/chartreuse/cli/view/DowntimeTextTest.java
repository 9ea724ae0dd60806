package io.chartreuse.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.EarlierStop;
import io.chartreuse.spi.model.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DowntimeTextTest {

    private static Downtime time(Optional<Long> first, Optional<Long> all) {
        return new Downtime(
                new Address("kubernetes.deployment", "web"),
                Duration.ofMillis(2000),
                Optional.empty(),
                "",
                first.map(Duration::ofMillis),
                all.map(Duration::ofMillis),
                false,
                Optional.empty());
    }

    @Test
    void itSaysUntilWhenAsFarAsThatIsKnown() {
        assertEquals("down for 2.0s until it was started", DowntimeText.back(time(Optional.empty(), Optional.empty())));
        assertEquals(
                "down for 3.1s until its first pod was ready; not all are",
                DowntimeText.back(time(Optional.of(3100L), Optional.empty())));
        assertEquals(
                "down for 3.1s until its first pod was ready, 5.0s until all were",
                DowntimeText.back(time(Optional.of(3100L), Optional.of(5000L))));
        assertEquals("down for 3.1s", DowntimeText.back(time(Optional.of(3100L), Optional.of(3120L))));
    }

    @Test
    void whatIsStillStoppedIsSaidWithWhoKeepsItSo() {
        Downtime kept = new Downtime(
                new Address("kubernetes.deployment", "web"),
                Duration.ZERO,
                Optional.of(Instant.parse("2026-11-22T07:00:00Z")),
                "left stopped by release billing",
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
        assertEquals("stopped since 7; left stopped by release billing", DowntimeText.stopped("stopped since 7", kept));
    }

    @Test
    void theEarlierRunThatStoppedItIsNamed() {
        Address web = new Address("kubernetes.deployment", "web");
        Instant at = Instant.parse("2026-11-22T07:00:00.250Z");
        Downtime back = new Downtime(
                web,
                Duration.ofSeconds(125),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(new EarlierStop(web, "20261122t070000z-3fa2c1", at)));
        assertEquals(
                "down for 2m05s until it was started (stopped by run 20261122t070000z-3fa2c1 at 2026-11-22T07:00:00Z)",
                DowntimeText.back(back));
    }

    @Test
    void whatOthersPutBackMeanwhileWasNotDownTheWholeTime() {
        Downtime disturbed = new Downtime(
                new Address("kubernetes.deployment", "web"),
                Duration.ofMillis(7100),
                Optional.empty(),
                "",
                Optional.of(Duration.ofMillis(7400)),
                Optional.empty(),
                true,
                Optional.empty());
        assertEquals("stopped for 7.1s in all, and put back by others meanwhile", DowntimeText.back(disturbed));
    }
}
