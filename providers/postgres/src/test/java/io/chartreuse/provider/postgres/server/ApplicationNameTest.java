package io.chartreuse.provider.postgres.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ApplicationNameTest {

    private static final String RUN = "20261122t113500z-abc123";

    @Test
    void whatFitsStaysAsItIs() {
        assertEquals("chartreuse shop " + RUN, ApplicationName.fitting("chartreuse shop " + RUN));
    }

    @Test
    void ofWhatIsTooLongTheReleaseIsCutAndNotTheRun() {
        String fitting = ApplicationName.fitting("chartreuse " + "r".repeat(53) + " " + RUN);

        assertEquals("chartreuse " + "r".repeat(27) + "~ " + RUN, fitting);
        assertEquals(63, fitting.length());
    }

    @Test
    void theLocksNameIsCutToTheSameEnd() {
        String fitting = ApplicationName.fitting(ApplicationName.lock("chartreuse " + "r".repeat(53) + " " + RUN));

        assertEquals("chartreuse-lock " + "r".repeat(22) + "~ " + RUN, fitting);
        assertEquals("chartreuse " + "r".repeat(22) + "~ " + RUN, ApplicationName.lockedBy(fitting));
    }

    @Test
    void whatTheServerWouldReplaceIsReplacedBefore() {
        assertEquals("chartreuse b?ckerei " + RUN, ApplicationName.fitting("chartreuse bäckerei " + RUN));
    }

    @Test
    void aNameWithoutWordsLosesItsEnd() {
        assertEquals("x".repeat(63), ApplicationName.fitting("x".repeat(99)));
    }
}
