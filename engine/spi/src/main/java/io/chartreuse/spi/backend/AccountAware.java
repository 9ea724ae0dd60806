package io.chartreuse.spi.backend;

import java.util.Optional;

/** A rare power of a {@link Backend}: it knows what its world takes us for. */
@FunctionalInterface
public interface AccountAware {

    /**
     * The account that our requests are made under, for the record of a run: {@code
     * system:serviceaccount:shop:chartreuse}. Asked once a run. Empty where it cannot be told, which is logged at debug
     * level and never thrown.
     */
    Optional<String> account();
}
