package io.chartreuse.provider.patroni.problem;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** The problems of this provider; each has its entry in {@code engine/docs/errors.md}. */
public enum PatroniError implements ErrorCode {
    /** The cluster that answers is not the one that the plan was made for. */
    CLUSTER_REPLACED("patroni.cluster-replaced", ErrorType.STALE),
    /** The dynamic configuration cannot be read, so it is not known whether failover is paused. */
    CONFIG_UNREADABLE("patroni.config-unreadable", ErrorType.EXTERNAL),
    /** Automatic failover stays paused: nothing proves that the former leader takes no writes any more. */
    FAILOVER_LEFT_PAUSED("patroni.failover-left-paused", ErrorType.EXTERNAL),
    /** Automatic failover could not be paused or resumed. */
    FAILOVER_NOT_CHANGED("patroni.failover-not-changed", ErrorType.EXTERNAL),
    /** The process received the signal to stop while it looked at a cluster. */
    INTERRUPTED("patroni.interrupted", ErrorType.EXTERNAL),
    /** The cluster answers but lacks something: a leader, a role, default privileges. */
    NOT_READY("patroni.not-ready", ErrorType.EXTERNAL),
    /** Something answers at the endpoints, but it is not Patroni. */
    NOT_PATRONI("patroni.not-patroni", ErrorType.EXTERNAL),
    /** Patroni refuses this client or user. */
    REFUSED("patroni.refused", ErrorType.EXTERNAL),
    /** A URL holds a credential. */
    SECRET_IN_URL("patroni.secret-in-url", ErrorType.USER),
    /** TLS could not be agreed on with Patroni. */
    TLS_FAILED("patroni.tls-failed", ErrorType.EXTERNAL),
    /** A certificate or key that the configuration names cannot be used. */
    TLS_UNUSABLE("patroni.tls-unusable", ErrorType.USER),
    /** Nothing answers at any endpoint. */
    UNREACHABLE("patroni.unreachable", ErrorType.EXTERNAL),
    /** A URL cannot be used. */
    URL_MALFORMED("patroni.url-malformed", ErrorType.USER);

    private final String code;
    private final ErrorType type;

    PatroniError(String code, ErrorType type) {
        this.code = code;
        this.type = type;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
