package io.chartreuse.spi.backend;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;

/**
 * The object stored as the lease does not say who holds it: Chartreuse did not write it for this release, or it was
 * changed since. A run then does not begin. A run that only brings workloads back goes on without the lock, since
 * otherwise a single write by a third party would keep them stopped.
 */
public final class UnreadableLease extends ChartreuseException {

    public UnreadableLease(Diagnostic diagnostic) {
        super(diagnostic);
    }

    public UnreadableLease(ChartreuseException cause) {
        super(cause.diagnostics(), cause);
    }
}
