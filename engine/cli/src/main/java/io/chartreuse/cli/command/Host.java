package io.chartreuse.cli.command;

import io.chartreuse.cli.view.Streams;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.core.secret.Redactor;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a command is given by the process that it runs in.
 *
 * @param registry finds what is installed; asked only by commands that need it
 * @param redactor masks secrets in everything that is printed or logged
 * @param log      sets logging up
 */
public record Host(
        Map<String, String> environment,
        Clock clock,
        Streams streams,
        Supplier<Registry> registry,
        Redactor redactor,
        LogSetup log) {

    public Host {
        environment = Map.copyOf(environment);
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(streams, "streams");
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(redactor, "redactor");
        Objects.requireNonNull(log, "log");
    }
}
