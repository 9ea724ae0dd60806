package io.chartreuse.core.session;

import java.util.Optional;

/** The version of this build. */
public final class Version {

    private Version() {}

    /** As the jar says it; {@code development} where classes were not packed. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
