package io.chartreuse.provider.postgres.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.PostgresProviderFactory;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The provider, called like in the engine. */
final class WithProvider implements Contestant {

    @Override
    public Duration plan(String url, Path migrations) {
        long begun = System.nanoTime();
        refresh(url, migrations);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Includes all checks that the provider makes before and afterwards. */
    @Override
    public Duration migrate(String url, Path migrations) throws InterruptedException {
        Step step = step(refresh(url, migrations));
        long begun = System.nanoTime();
        try (Provider provider = provider(url, migrations)) {
            provider.converge(step, Progress.NONE);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Resource refresh(String url, Path migrations) {
        try (Provider provider = provider(url, migrations)) {
            Resource resource = provider.refresh().get(0);
            if (!resource.findings().isEmpty()) {
                throw new IllegalStateException(resource.findings().toString());
            }
            return resource;
        }
    }

    private static Step step(Resource planned) {
        Change change = new Change(
                planned.address(),
                planned.role(),
                planned.order(),
                List.of("migrate"),
                planned.reason(),
                planned.observed(),
                Optional.empty(),
                planned.desired(),
                List.of(),
                planned.migrations(),
                planned.identity(),
                planned.fingerprint(),
                planned.findings());
        return new Step("1", change, Phase.AFTER, "benchmark");
    }

    private static Provider provider(String url, Path migrations) {
        ObjectNode section = JsonNodeFactory.instance.objectNode();
        ObjectNode database = section.putObject("databases").putObject("main");
        database.put("url", url).put("user", "postgres");
        database.putObject("migrations")
                .put("tool", "flyway")
                .putArray("locations")
                .add(migrations.toString());
        Context context = new Context(
                "benchmark", Optional.empty(), migrations, reference -> new Secret(""), Map.of(), Clock.systemUTC());
        return new PostgresProviderFactory().create(section, context);
    }
}
