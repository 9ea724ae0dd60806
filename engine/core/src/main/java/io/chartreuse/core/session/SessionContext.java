package io.chartreuse.core.session;

import io.chartreuse.core.refresh.Registry;
import io.chartreuse.core.secret.Redactor;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/** What a session is given by the process that it runs in. */
public record SessionContext(Registry registry, Map<String, String> environment, Clock clock, Redactor redactor) {
    public SessionContext {
        Objects.requireNonNull(registry, "registry");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(redactor, "redactor");
    }
}
