package io.chartreuse.provider.patroni.failover;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.rest.DynamicConfig;

/** The state of automatic failover for one release, whatever other releases hold. */
public enum FailoverState {
    /** Patroni promotes a replica where the leader fails. */
    AUTOMATIC,
    /** Failover is paused, but not on behalf of this release. */
    PAUSED,
    /** Paused on behalf of this release. */
    SUSPENDED,
    /** No member answered. */
    UNKNOWN;

    /** The state for that holder. */
    public static FailoverState of(DynamicConfig config, String holder) {
        return config.holds().containsKey(holder) ? SUSPENDED : withoutUs(config);
    }

    /** The state once this release has resumed it. */
    public static FailoverState withoutUs(DynamicConfig config) {
        return config.isPausedByOthers() ? PAUSED : AUTOMATIC;
    }

    /** The state in the form of a plan. */
    public ObjectNode json() {
        return JsonNodeFactory.instance.objectNode().put("failover", name().toLowerCase(java.util.Locale.ROOT));
    }
}
