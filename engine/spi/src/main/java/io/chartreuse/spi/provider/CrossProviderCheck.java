package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.util.List;

/**
 * A rare power of a {@link Provider}: its section relies on those of others, whom it cannot see; so it can only say
 * whether they hold what it needs when all of them are made.
 */
@FunctionalInterface
public interface CrossProviderCheck {

    /**
     * What its section needs and no other one gives, each with the setting's {@link Location#ofSetting place}; an error
     * refuses the configuration. Called once, after all providers were made and before anything else. Touches nothing.
     */
    List<Diagnostic> unmet();
}
