package io.chartreuse.provider.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.RunFinisher;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A short version of the engine around a provider and a backend, for the tests of this module. */
final class Sessions {

    static final String RELEASE = "shop";

    private Sessions() {}

    static Context context(Path directory, Map<String, String> environment) {
        return new Context(
                RELEASE,
                Optional.empty(),
                directory,
                reference -> {
                    throw new AssertionError("no secret is asked for here");
                },
                environment,
                Clock.systemUTC());
    }

    static Provider provider(Path kubeconfig) {
        return provider(kubeconfig, section());
    }

    static Provider provider(Path kubeconfig, ObjectNode section) {
        section.put("kubeconfig", kubeconfig.toString());
        return new KubernetesProviderFactory().create(section, context(kubeconfig.getParent(), Map.of()));
    }

    static Backend backend(Path kubeconfig) {
        return backend(kubeconfig, section());
    }

    static Backend backend(Path kubeconfig, ObjectNode section) {
        section.put("kubeconfig", kubeconfig.toString());
        return new KubernetesBackendFactory().create(section, context(kubeconfig.getParent(), Map.of()));
    }

    static ObjectNode section() {
        return JsonNodeFactory.instance.objectNode();
    }

    static <T> T only(List<T> things) {
        if (things.size() != 1) {
            throw new AssertionError("expected one: " + things);
        }
        return things.get(0);
    }

    static Step during(Resource resource) {
        return new Step("1", change(resource), Phase.DURING, "run-1");
    }

    static Step after(Resource resource) {
        return new Step("2", change(resource), Phase.AFTER, "run-1");
    }

    /** The engine's work after a run's last step. */
    static void finish(Provider provider) {
        assertEquals(List.of(), ((RunFinisher) provider).finish(Duration.ofSeconds(20)));
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String text) {
        return Serialization.unmarshal("value: " + text, ObjectNode.class).get("value");
    }

    private static Change change(Resource resource) {
        return change(resource, List.of("stop", "start"), resource.maintenance());
    }

    /** The step of a restore that removes the marks of a stop from a running workload. */
    static Step update(Resource resource) {
        return new Step("2", change(resource, List.of("update"), Optional.empty()), Phase.AFTER, "run-1");
    }

    private static Change change(Resource resource, List<String> actions, Optional<ObjectNode> during) {
        return new Change(
                resource.address(),
                resource.role(),
                resource.order(),
                actions,
                resource.reason(),
                resource.observed(),
                during,
                resource.desired(),
                List.of(),
                List.of(),
                resource.identity(),
                resource.fingerprint(),
                resource.findings());
    }
}
