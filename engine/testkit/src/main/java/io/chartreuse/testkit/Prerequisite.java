package io.chartreuse.testkit;

import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that tests start and that a machine may lack. Without it a test is skipped; where the environment says so it fails, so
 * that CI, which installs everything, does not pass with tests that never ran.
 */
public final class Prerequisite {

    /** With the value {@code true} a test fails where its program is missing. */
    public static final String STRICT = "CHARTREUSE_TEST_STRICT";

    private Prerequisite() {}

    /** Skips or fails the test unless the program is there. */
    public static void installed(String program, boolean present) {
        noneMissing(present ? Optional.empty() : Optional.of(program));
    }

    /** Skips or fails the test where this program is missing. */
    public static void noneMissing(Optional<String> program) {
        noneMissing(program, System.getenv(STRICT));
    }

    static void noneMissing(Optional<String> program, String strict) {
        program.ifPresent(missing -> {
            if ("true".equals(strict)) {
                Assertions.fail(
                        missing + " is not installed, and " + STRICT + " is true: install it, or unset the variable");
            }
            Assumptions.abort("skipped: " + missing + " is not installed");
        });
    }
}
