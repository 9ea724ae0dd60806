package io.chartreuse.cli.legacy;

import io.chartreuse.spi.model.Diagnostic;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the earlier tool was told of a release.
 *
 * @param source         what names its databases: a file's name, or a variable
 * @param name           the Helm release, where it was said
 * @param before         whether databases migrate ahead of the deployment
 * @param stopsPods      whether workloads are stopped while databases migrate
 * @param waitConfigured how long a database is waited for, and what must be configured in it where Patroni is before it
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
