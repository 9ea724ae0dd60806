package io.chartreuse.provider.kubernetes.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.kubernetes.preflight.AccessReview.Answer;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The results of the API server's answers. */
class ServerChecksTest {

    @Test
    void aClockThatIsSecondsOffIsAWarningInItsDirection() {
        assertEquals("as ours", ServerChecks.clock(Duration.ofMillis(-1900)).found());
        Check tolerated = ServerChecks.clock(Duration.ofSeconds(4));
        assertEquals("4s ahead of ours", tolerated.found());
        assertTrue(tolerated.problem().isEmpty());
        Check behind = ServerChecks.clock(Duration.ofSeconds(-90));
        assertEquals("90s behind ours", behind.found());
        assertFalse(behind.failed());
        assertTrue(behind.problem().isPresent());
    }

    @Test
    void aClockIsOffByNoMoreThanQuestionAndAnswerLeaveOpen() {
        Instant noon = Instant.parse("2026-11-22T12:00:00Z");
        assertEquals(Duration.ZERO, ServerLook.ahead(noon, noon.minusMillis(100), noon.plusMillis(200)));
        assertEquals(Duration.ZERO, ServerLook.ahead(noon, noon.plusMillis(900), noon.plusMillis(950)));
        assertEquals(Duration.ZERO, ServerLook.ahead(noon, noon.minusSeconds(9), noon.plusSeconds(9)), "a slow answer");
        assertEquals(Duration.ofSeconds(8), ServerLook.ahead(noon.plusSeconds(10), noon, noon.plusSeconds(2)));
        assertEquals(Duration.ofSeconds(-9), ServerLook.ahead(noon.minusSeconds(10), noon, noon.plusSeconds(2)));
    }

    private static Check rights(Severity severity, Answer... answers) {
        Map<Right, Answer> all = new LinkedHashMap<>();
        for (Answer answer : answers) {
            all.put(new Right("", "pods", "verb" + all.size()), answer);
        }
        return new RightsCheck("shop", "rights", severity, "do it").of(all);
    }

    @Test
    void oneRightThatIsMissingIsNamedWithItsRule() {
        Check check = rights(Severity.ERROR, Answer.GRANTED, Answer.DENIED, Answer.UNKNOWN);
        assertEquals("1 of 3 missing", check.found());
        assertTrue(check.failed());
        assertTrue(check.problem().orElseThrow().remedy().endsWith("verbs: [verb1]"));
    }

    @Test
    void whatIsOnlyUsefulIsAWarning() {
        assertFalse(rights(Severity.WARNING, Answer.DENIED).failed());
    }

    @Test
    void whatCannotBeAskedRefusesNothing() {
        Check check = rights(Severity.ERROR, Answer.UNKNOWN, Answer.UNKNOWN);
        assertEquals("2 of 2 cannot be asked for", check.found());
        assertFalse(check.failed());
    }

    @Test
    void whatIsGrantedIsCounted() {
        assertEquals(
                "all 2 granted",
                rights(Severity.ERROR, Answer.GRANTED, Answer.GRANTED).found());
    }
}
