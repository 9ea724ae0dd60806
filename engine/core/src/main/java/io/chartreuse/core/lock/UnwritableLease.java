package io.chartreuse.core.lock;

import io.chartreuse.spi.model.ChartreuseException;

/** Nobody alive holds the lock, and yet the lease could not be written: a right or room is missing. */
final class UnwritableLease extends ChartreuseException {

    UnwritableLease(ChartreuseException cause) {
        super(cause.diagnostics(), cause);
    }
}
