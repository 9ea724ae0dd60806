package io.chartreuse.core.lock;

import io.chartreuse.spi.model.ChartreuseException;

/** No living process holds the lock, and yet the lease could not be written: a right or storage space is missing. */
final class UnwritableLease extends ChartreuseException {

    UnwritableLease(ChartreuseException cause) {
        super(cause.diagnostics(), cause);
    }
}
