package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** How a run reacts when others start what it holds stopped. */
public enum OnInterference {
    /** Stops it again, a few times; then the run fails. */
    STOP,
    /** The run fails. */
    FAIL,
    /** Reports it, and the run goes on. */
    WARN;

    /** The setting of the section. */
    public static OnInterference of(JsonNode section) {
        return valueOf(section.path("onInterference").asText("stop").toUpperCase(Locale.ROOT));
    }
}
