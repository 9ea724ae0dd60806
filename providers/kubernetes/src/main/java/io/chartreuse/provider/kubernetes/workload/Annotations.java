package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** The marks on live objects. Those under {@code wiremind.io} are shared with the tool that people ran before. */
final class Annotations {

    /** On a workload: the first that holds it; set in the request that stops it. For the earlier tool and for people. */
    static final String STOPPED_BY = "wiremind.io/stopped-by";

    /**
     * On what scales a workload: all that hold it, see {@link Holds}. On a workload {@link #IN_LABELS}; version 1.0 wrote all
     * that hold it.
     */
    static final String HELD_BY = "chartreuse.io/held-by";

    /** Says that who holds a workload stands in its labels, see {@link HoldLabels}. */
    static final String IN_LABELS = "labels";

    /** A label of a workload, an annotation in version 1.0: its replicas when it was stopped. */
    static final String FORMER_REPLICAS = "chartreuse.io/former-replicas";

    /** On what scales a workload: the run that did it. */
    static final String RUN = "chartreuse.io/run";

    /** On what scales a workload: when, in ISO 8601. */
    static final String STOPPED_AT = "chartreuse.io/stopped-at";

    /** On an autoscaler: its {@code spec.behavior} as JSON before it was paused, the empty string for none. */
    static final String FORMER_BEHAVIOR = "wiremind.io/pre-pause-scale-behavior";

    /** On what scales a workload: the first that paused it; absent where the earlier tool did. */
    static final String PAUSED_BY = "chartreuse.io/paused-by";

    /** On a ScaledObject, KEDA's own: it scales its target to that number, and no further. */
    static final String KEDA_PAUSED = "autoscaling.keda.sh/paused-replicas";

    /** On a ScaledObject: what {@link #KEDA_PAUSED} was, the empty string for not there. */
    static final String FORMER_KEDA_PAUSED = "chartreuse.io/former-paused-replicas";

    /** Written by people on a workload that is to be stopped: {@code "true"}. */
    static final String STOP = "chartreuse.io/stop";

    /** Written by people: the higher is stopped first. */
    static final String PRIORITY = "chartreuse.io/priority";

    /** Written by people: the replicas to start with where those before the stop are not known. */
    static final String REPLICAS = "chartreuse.io/replicas";

    private Annotations() {}

    /** A label. The server of tests keeps a key that was set to null. */
    static Optional<String> label(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getLabels()).map(all -> all.get(key));
    }

    /** The server of tests keeps a key that was set to null. */
    static Optional<String> read(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).map(all -> all.get(key));
    }
}
