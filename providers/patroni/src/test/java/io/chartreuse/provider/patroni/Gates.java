package io.chartreuse.provider.patroni;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.patroni.failover.FailoverState;
import io.chartreuse.provider.patroni.gate.Gate;
import io.chartreuse.provider.patroni.gate.Sleeper;
import io.chartreuse.provider.patroni.settings.SettingsReader;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Providers and steps as the engine creates them. */
final class Gates {

    private Gates() {}

    /** The provider of a section in JSON, which checks every 200 ms; {@code {"env": "X"}} is the secret "X". */
    static Provider provider(String section) {
        Context context = context();
        try {
            return new PatroniProvider(
                    SettingsReader.read(new ObjectMapper().readTree(section), Path.of(".")),
                    context,
                    new Gate(context.clock(), Sleeper.SLEEP, Duration.ofMillis(200)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Context context() {
        return new Context(
                "shop",
                Optional.empty(),
                Path.of("."),
                reference -> new Secret(reference.path("env").asText()),
                Map.of(),
                Clock.systemUTC());
    }

    /** The step that suspends or resumes a cluster's failover. */
    static Step failover(String cluster, Phase to) {
        Change change = new Change(
                new Address("patroni.failover", cluster),
                Role.SUSPEND,
                0,
                List.of("suspend", "resume"),
                "",
                FailoverState.AUTOMATIC.json(),
                Optional.of(FailoverState.SUSPENDED.json()),
                FailoverState.AUTOMATIC.json(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of());
        return new Step("1", change, to, "run-1");
    }

    /** The step that opens a cluster's gate. */
    static Step step(String cluster, Map<String, String> identity) {
        Change change = new Change(
                new Address("patroni.cluster", cluster),
                Role.GATE,
                0,
                List.of("wait"),
                "",
                ClusterResource.state(true),
                Optional.empty(),
                ClusterResource.state(true),
                List.of(),
                List.of(),
                new TreeMap<>(identity),
                new TreeMap<>(),
                List.of());
        return new Step("1", change, Phase.AFTER, "run-1");
    }
}
