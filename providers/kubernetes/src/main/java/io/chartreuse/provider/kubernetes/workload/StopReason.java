package io.chartreuse.provider.kubernetes.workload;

import java.util.Optional;

/**
 * One reason to stop a workload.
 *
 * @param source   who asks for it
 * @param from     where exactly, for people: {@code the ExpectedDeploymentScale web}
 * @param priority the higher is stopped first; empty where nothing is said
 * @param replicas to start with where those before the stop are not known; empty where nothing is said
 * @param jobs     what becomes of a CronJob's active Jobs; empty where nothing is said
 */
public record StopReason(
        Source source, String from, Optional<Integer> priority, Optional<Integer> replicas, Optional<Jobs> jobs) {

    /** By precedence: what the first says counts. */
    public enum Source {
        CONFIGURATION,
        ANNOTATION,
        EXPECTED_SCALE,
        /** It was stopped by us, though nothing asks for that any more: it has to come back. */
        MARK,
        /** An annotation that cannot be read: by itself it asks for nothing, and must not be passed over. */
        MALFORMED
    }

    /** What becomes of the Jobs that run when their CronJob is suspended. */
    public enum Jobs {
        WAIT,
        LEAVE
    }

    /** @param annotation key, value and what is allowed */
    static StopReason malformed(String annotation) {
        return new StopReason(Source.MALFORMED, annotation, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static StopReason marked() {
        return new StopReason(
                Source.MARK, "the marks of an earlier stop", Optional.empty(), Optional.empty(), Optional.empty());
    }
}
