package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** The marks on live objects. Those under {@code wiremind.io} are shared with the earlier tool, wiremind/chartreuse. */
final class Annotations {

    /** On a workload: the first holder; set in the request that stops it. For the earlier tool and for people. */
    static final String STOPPED_BY = "wiremind.io/stopped-by";

    /**
     * On an autoscaler: all holders, see {@link Holds}. On a workload {@link #IN_LABELS}; version 1.0 wrote all
     * holders.
     */
    static final String HELD_BY = "chartreuse.io/held-by";

    /** Says that a workload's labels name its holders, see {@link HoldLabels}. */
    static final String IN_LABELS = "labels";

    /** A label of a workload, an annotation in version 1.0: its replicas when it was stopped. */
    static final String FORMER_REPLICAS = "chartreuse.io/former-replicas";

    /** On an autoscaler: the run that paused it. */
    static final String RUN = "chartreuse.io/run";

    /** On an autoscaler: when it was paused, in ISO 8601. */
    static final String STOPPED_AT = "chartreuse.io/stopped-at";

    /** On an autoscaler: its {@code spec.behavior} as JSON before it was paused, the empty string for none. */
    static final String FORMER_BEHAVIOR = "wiremind.io/pre-pause-scale-behavior";

    /** On an autoscaler: the first that paused it; absent where the earlier tool did. */
    static final String PAUSED_BY = "chartreuse.io/paused-by";

    /** KEDA's own annotation on a ScaledObject: KEDA scales the target to that number, and then no further. */
    static final String KEDA_PAUSED = "autoscaling.keda.sh/paused-replicas";

    /** On a ScaledObject: the former value of {@link #KEDA_PAUSED}; the empty string where it was absent. */
    static final String FORMER_KEDA_PAUSED = "chartreuse.io/former-paused-replicas";

    /** Written by people on a workload that is to be stopped: {@code "true"}. */
    static final String STOP = "chartreuse.io/stop";

    /** Written by people: workloads with a higher number are stopped first. */
    static final String PRIORITY = "chartreuse.io/priority";

    /** Written by people: the replicas to start with where the former number is not known. */
    static final String REPLICAS = "chartreuse.io/replicas";

    private Annotations() {}

    /** The label's value. The API server of the tests keeps a key that was set to null. */
    static Optional<String> label(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getLabels()).map(all -> all.get(key));
    }

    /** The annotation's value. The API server of the tests keeps a key that was set to null. */
    static Optional<String> read(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).map(all -> all.get(key));
    }
}
