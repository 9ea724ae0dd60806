package io.chartreuse.provider.kubernetes.cluster;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import java.util.Locale;

/** Every problem that this module reports; each has its entry in {@code engine/docs/errors.md}. */
public enum KubernetesError implements ErrorCode {
    ANNOTATION_MALFORMED(ErrorType.USER),
    API_MISSING(ErrorType.EXTERNAL),
    ARTIFACT_CONFLICT(ErrorType.EXTERNAL),
    ARTIFACT_EDITED(ErrorType.EXTERNAL),
    ARTIFACT_INCOMPLETE(ErrorType.EXTERNAL),
    CANNOT_BE_STOPPED(ErrorType.USER),
    CHOICE_CONTRADICTORY(ErrorType.USER),
    CLOCK_SKEW(ErrorType.EXTERNAL),
    CONTEXT_UNKNOWN(ErrorType.USER),
    CONTINUOUS_CONFLICT(ErrorType.EXTERNAL),
    FIELDS_KEPT(ErrorType.EXTERNAL),
    FORBIDDEN(ErrorType.EXTERNAL),
    FOREIGN_OBJECT(ErrorType.EXTERNAL),
    KIND_CONTRADICTORY(ErrorType.USER),
    KIND_UNKNOWN(ErrorType.USER),
    KUBECONFIG_INVALID(ErrorType.USER),
    KUBECONFIG_MISSING(ErrorType.USER),
    NO_CLUSTER(ErrorType.USER),
    NOT_READY(ErrorType.EXTERNAL),
    NOT_STOPPED(ErrorType.USER),
    OTHER_RELEASE(ErrorType.USER),
    PUT_BACK(ErrorType.EXTERNAL),
    REQUEST_FAILED(ErrorType.EXTERNAL),
    RIGHTS_MISSING(ErrorType.EXTERNAL),
    RIGHTS_UNKNOWN(ErrorType.EXTERNAL),
    SCALE_DUPLICATE(ErrorType.USER),
    SCALE_INVALID(ErrorType.USER),
    STOP_TIMEOUT(ErrorType.EXTERNAL),
    STOPPED_BY_ANOTHER(ErrorType.EXTERNAL),
    UNAUTHORIZED(ErrorType.EXTERNAL),
    UNREACHABLE(ErrorType.EXTERNAL),
    VOLUMES_WOULD_BE_DELETED(ErrorType.USER),
    WORKLOAD_CONTROLLED(ErrorType.USER),
    WORKLOAD_MISSING(ErrorType.EXTERNAL),
    WORKLOAD_MOVED(ErrorType.STALE),
    WORKLOAD_OWNED(ErrorType.USER),
    WORKLOAD_REPLACED(ErrorType.STALE);

    private final ErrorType type;

    KubernetesError(ErrorType type) {
        this.type = type;
    }

    @Override
    public String code() {
        return "kubernetes." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
