package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.util.List;

/**
 * An optional capability of a {@link Provider}: its section relies on sections of other providers, which it cannot see.
 * Only when all providers are made can it check whether the other sections hold what it needs.
 */
@FunctionalInterface
public interface CrossProviderCheck {

    /**
     * What its section needs and no other section provides, each with the setting's {@link Location#ofSetting place};
     * an error refuses the configuration. Called once, after all providers were made and before anything else. Changes
     * nothing.
     */
    List<Diagnostic> unmet();
}
