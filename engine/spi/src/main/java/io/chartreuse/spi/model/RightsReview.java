package io.chartreuse.spi.model;

import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.provider.Provider;
import java.util.List;

/**
 * An optional capability of a {@link Provider} or a {@link Backend}: it asks its server which rights its account has.
 */
@FunctionalInterface
public interface RightsReview {

    /**
     * Checks the rights that any plan could need. The engine calls it before it takes the lock, so that a run which
     * would fail because of a missing right writes nothing. Must be quick: one request if all rights are granted. An
     * error among the checks lists all rights that are missing; rights that cannot be asked for are no error.
     */
    List<Check> reviewRights();
}
