package io.chartreuse.spi.backend;

import java.util.Optional;

/** An optional capability of a {@link Backend}: it knows the account that Chartreuse is logged in as. */
@FunctionalInterface
public interface AccountAware {

    /**
     * The account under which Chartreuse makes its requests, for the record of a run: {@code
     * system:serviceaccount:shop:chartreuse}. The engine asks once a run. Empty if the account cannot be found out; the
     * backend logs why at debug level and never throws.
     */
    Optional<String> account();
}
