package io.chartreuse.spi;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider or backend is given beside its section.
 *
 * @param release     the Helm release's name
 * @param namespace   the release's namespace where the configuration names it
 * @param directory   where relative paths of the configuration start
 * @param secrets     resolves references to secrets
 * @param environment the process environment, injected for tests
 * @param clock       the only source of time
 */
public record Context(
        String release,
        Optional<String> namespace,
        Path directory,
        Secrets secrets,
        Map<String, String> environment,
        Clock clock) {

    public Context {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(secrets, "secrets");
        Objects.requireNonNull(clock, "clock");
        environment = Map.copyOf(environment);
    }
}
