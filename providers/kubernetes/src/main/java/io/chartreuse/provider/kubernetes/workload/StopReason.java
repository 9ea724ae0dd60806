package io.chartreuse.provider.kubernetes.workload;

import java.util.Optional;

/**
 * One reason to stop a workload.
 *
 * @param source   who asks for it
 * @param from     where exactly, for people: {@code the ExpectedDeploymentScale web}
 * @param priority the higher is stopped first; empty where nothing is said
 * @param replicas to start with where those before the stop are not known; empty where nothing is said
 * @param jobs     what happens to a CronJob's active Jobs; empty where nothing is said
 */
public record StopReason(
        Source source, String from, Optional<Integer> priority, Optional<Integer> replicas, Optional<Jobs> jobs) {

    /** By precedence: the settings of the first count. */
    public enum Source {
        CONFIGURATION,
        ANNOTATION,
        EXPECTED_SCALE,
        /** Chartreuse has stopped it, but there is no other reason any more: it has to start again. */
        MARK,
        /** An annotation that cannot be read: it is not a reason to stop, but must be reported. */
        MALFORMED
    }

    /** What happens to active Jobs when their CronJob is suspended. */
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
