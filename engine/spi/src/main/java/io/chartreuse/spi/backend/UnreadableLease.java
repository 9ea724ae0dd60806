package io.chartreuse.spi.backend;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;

/**
 * What stands in the lease's place does not say who holds it: Chartreuse did not write it for this release, or it was
 * changed since. A run does not begin then. One that only brings workloads back goes on without the lock, for else a single
 * write would keep them stopped.
 */
public final class UnreadableLease extends ChartreuseException {

    public UnreadableLease(Diagnostic diagnostic) {
        super(diagnostic);
    }

    public UnreadableLease(ChartreuseException cause) {
        super(cause.diagnostics(), cause);
    }
}
