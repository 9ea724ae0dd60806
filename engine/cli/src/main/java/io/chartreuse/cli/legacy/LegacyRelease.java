package io.chartreuse.cli.legacy;

import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All settings of a release for the earlier tool.
 *
 * @param source         what names its databases: a file's name, or a variable
 * @param name           the Helm release, if the settings name it
 * @param before         whether databases migrate ahead of the deployment
 * @param stopsPods      whether workloads are stopped while databases migrate
 * @param waitConfigured how long to wait for a database, and what must be configured in it if it is behind Patroni
 */
public record LegacyRelease(
        String source,
        Optional<String> name,
        boolean before,
        boolean stopsPods,
        Duration waitConfigured,
        List<LegacyDatabase> databases,
        List<Diagnostic> warnings) {

    public LegacyRelease {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(waitConfigured, "waitConfigured");
        databases = List.copyOf(databases);
        warnings = List.copyOf(warnings);
    }

    /** The same under that name. */
    public LegacyRelease named(String release) {
        return new LegacyRelease(source, Optional.of(release), before, stopsPods, waitConfigured, databases, warnings);
    }
}
