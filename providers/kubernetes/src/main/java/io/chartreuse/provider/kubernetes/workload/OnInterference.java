package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What is done where others put back what a run holds stopped. */
public enum OnInterference {
    /** It is stopped again, a few times; then the run fails. */
    STOP,
    /** The run fails. */
    FAIL,
    /** It is said, and the run goes on. */
    WARN;

    /** The setting of the section. */
    public static OnInterference of(JsonNode section) {
        return valueOf(section.path("onInterference").asText("stop").toUpperCase(Locale.ROOT));
    }
}
