package io.chartreuse.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

final class PrerequisiteTest {

    private static final Optional<String> MISSING = Optional.of("frobnicator");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "false", "1"})
    void aTestWhoseProgramIsMissingIsSkipped(String strict) {
        TestAbortedException skipped =
                assertThrows(TestAbortedException.class, () -> Prerequisite.noneMissing(MISSING, strict));
        assertTrue(skipped.getMessage().contains("frobnicator is not installed"), skipped.getMessage());
    }

    @Test
    void aTestWhoseProgramIsMissingFailsWhereTheEnvironmentSaysSo() {
        AssertionFailedError failed =
                assertThrows(AssertionFailedError.class, () -> Prerequisite.noneMissing(MISSING, "true"));
        assertTrue(failed.getMessage().contains("frobnicator is not installed"), failed.getMessage());
        assertTrue(failed.getMessage().contains(Prerequisite.STRICT), failed.getMessage());
    }

    @Test
    void aTestWhoseProgramIsThereRuns() {
        assertDoesNotThrow(() -> Prerequisite.noneMissing(Optional.empty(), "true"));
        assertDoesNotThrow(() -> Prerequisite.installed("java", true));
    }
}
