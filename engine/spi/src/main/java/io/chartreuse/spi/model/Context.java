package io.chartreuse.spi.model;

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
 * @param servers     the addresses of databases, as far as other providers know them; ask late, when connecting
 * @param fence       whether this process holds the release's lock; ask before each write to what other runs write, too
 */
public record Context(
        String release,
        Optional<String> namespace,
        Path directory,
        Secrets secrets,
        Map<String, String> environment,
        Clock clock,
        Servers servers,
        Fence fence) {

    public Context {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(secrets, "secrets");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(servers, "servers");
        Objects.requireNonNull(fence, "fence");
        environment = Map.copyOf(environment);
    }

    /** A context without known servers and without a lock. */
    public Context(
            String release,
            Optional<String> namespace,
            Path directory,
            Secrets secrets,
            Map<String, String> environment,
            Clock clock) {
        this(release, namespace, directory, secrets, environment, clock, Servers.NONE, Fence.OPEN);
    }

    /** The same with these servers. */
    public Context knowing(Servers others) {
        return new Context(release, namespace, directory, secrets, environment, clock, others, fence);
    }

    /** The same with another resolver of references to secrets. */
    public Context resolving(Secrets others) {
        return new Context(release, namespace, directory, others, environment, clock, servers, fence);
    }

    /** The same under this lock. */
    public Context behind(Fence lock) {
        return new Context(release, namespace, directory, secrets, environment, clock, servers, lock);
    }
}
