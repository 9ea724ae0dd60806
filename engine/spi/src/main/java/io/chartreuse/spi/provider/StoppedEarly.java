package io.chartreuse.spi.provider;

import java.util.Objects;

/**
 * A step ended early and in order, because it was asked to ({@link Progress#stopping()}): everything that it began is
 * finished. A run that applies the plan again goes on from there.
 */
public final class StoppedEarly extends InterruptedException {

    private static final long serialVersionUID = 1;

    /**
     * @param where the resource stands, for people and without secrets, as it follows its name: {@code stopped before
     *              V6__orders.sql, at revision 5}
     */
    public StoppedEarly(String where) {
        super(Objects.requireNonNull(where, "where"));
    }
}
