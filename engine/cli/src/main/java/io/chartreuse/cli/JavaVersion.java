package io.chartreuse.cli;

import java.util.Optional;

/** Which Java can be relied on. */
final class JavaVersion {

    /** Before, it took a signature of zeros for one by any key of ECDSA (CVE-2022-21449). */
    private static final Runtime.Version OLDEST = Runtime.Version.parse("17.0.3");

    private JavaVersion() {}

    /** Why that version is refused; empty where it is not. */
    static Optional<String> problem(Runtime.Version version) {
        return version.compareToIgnoreOptional(OLDEST) < 0
                ? Optional.of("Error: this is Java " + version + ", which accepts forged signatures (CVE-2022-21449)."
                        + " Chartreuse needs Java " + OLDEST + " or newer: set JAVA_HOME to one.")
                : Optional.empty();
    }
}
