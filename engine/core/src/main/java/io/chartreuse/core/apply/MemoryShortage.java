package io.chartreuse.core.apply;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorCode;

/** The message for people whose memory limit was too small. */
public final class MemoryShortage {

    private static final long MIB = 1024 * 1024;

    private MemoryShortage() {}

    /** @param what ran out of memory: a resource, the command */
    public static Diagnostic diagnostic(ErrorCode code, String what) {
        return Diagnostic.error(
                code,
                what + " ran out of memory: the heap of " + Runtime.getRuntime().maxMemory() / MIB + " MB is full",
                "Give the process more memory: half of the container's limit (in the chart `resources.limits.memory`) is the"
                        + " heap, or what -Xmx in CHARTREUSE_JAVA_OPTS says. Then run the command again.");
    }
}
