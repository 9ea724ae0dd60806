package io.chartreuse.provider.kubernetes.cluster;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;

/** A failed request with its explanation; keeps the HTTP status for callers that handle it. */
public final class ApiException extends ChartreuseException {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int INVALID = 422;

    private final int status;

    ApiException(Diagnostic diagnostic, int status, Throwable cause) {
        super(diagnostic, cause);
        this.status = status;
    }

    /** Whether the object, or its whole type, is not there. */
    public boolean notFound() {
        return status == NOT_FOUND;
    }

    /**
     * Whether the right is missing. The API server answers 403 before 404: a client without any right to an API gets
     * 403 even when the server does not serve that API.
     */
    public boolean forbidden() {
        return status == FORBIDDEN;
    }

    /** Whether the object is there already, or is no longer at the version that was named. */
    public boolean conflict() {
        return status == CONFLICT;
    }

    /** Whether the object is not as a JSON patch demands, or would not be valid. */
    boolean invalid() {
        return status == INVALID;
    }
}
