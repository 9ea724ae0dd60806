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
 * @param servers     where databases are, as far as other providers know; to be asked late, when connecting
 * @param fence       whether the release's lock is ours; to be asked before each write to what other runs write, too
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

    /** Where nobody knows of servers, and no lock is held. */
    public Context(
            String release,
            Optional<String> namespace,
            Path directory,
            Secrets secrets,
            Map<String, String> environment,
            Clock clock) {
        this(release, namespace, directory, secrets, environment, clock, Servers.NONE, Fence.OPEN);
    }

    /** The same with somebody who knows of servers. */
    public Context knowing(Servers others) {
        return new Context(release, namespace, directory, secrets, environment, clock, others, fence);
    }

    /** The same where somebody else resolves references to secrets. */
    public Context resolving(Secrets others) {
        return new Context(release, namespace, directory, others, environment, clock, servers, fence);
    }

    /** The same under a lock. */
    public Context behind(Fence lock) {
        return new Context(release, namespace, directory, secrets, environment, clock, servers, lock);
    }
}
