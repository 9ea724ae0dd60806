package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** The marks on live objects. Those under {@code wiremind.io} are shared with the tool that people ran before. */
final class Annotations {

    /** On a Deployment: the release that stopped it; set in the request that scales it down. */
    static final String STOPPED_BY = "wiremind.io/stopped-by";

    /** On a Deployment: its replicas when it was stopped. */
    static final String FORMER_REPLICAS = "chartreuse.io/former-replicas";

    /** On both: the run that did it. */
    static final String RUN = "chartreuse.io/run";

    /** On both: when, in ISO 8601. */
    static final String STOPPED_AT = "chartreuse.io/stopped-at";

    /** On an autoscaler: its {@code spec.behavior} as JSON before it was paused, the empty string for none. */
    static final String FORMER_BEHAVIOR = "wiremind.io/pre-pause-scale-behavior";

    /** On an autoscaler: the release that paused it; absent where the earlier tool did. */
    static final String PAUSED_BY = "chartreuse.io/paused-by";

    private Annotations() {}

    static Optional<String> read(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).map(all -> all.get(key));
    }
}
