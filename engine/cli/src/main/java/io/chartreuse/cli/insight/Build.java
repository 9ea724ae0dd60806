package io.chartreuse.cli.insight;

import java.util.Optional;

/** Versions of what is installed. */
public final class Build {

    private Build() {}

    /** As the jar of the class says it; {@code development} where classes were not packed. */
    public static String version(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("development");
    }
}
