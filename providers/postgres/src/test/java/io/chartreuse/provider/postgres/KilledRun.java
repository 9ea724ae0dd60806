package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Secret;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run in its own process, which can be killed. */
final class KilledRun {

    private KilledRun() {}

    /** Starts to apply the pending migrations. */
    static Process start(TestDatabase database) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        database.settings.toString(),
                        database.directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(database.directory.resolve("killed.log").toFile())
                .start();
    }

    /** The child: settings and directory are its arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode section = json.createObjectNode();
        section.putObject("databases").set("main", json.readTree(arguments[0]));
        Context context = new Context(
                "shop",
                Optional.empty(),
                Path.of(arguments[1]),
                reference -> new Secret(TestDatabase.PASSWORD),
                Map.of(),
                Clock.systemUTC());
        try (Provider provider = new PostgresProviderFactory().create(section, context)) {
            Step step = TestDatabase.step(provider.refresh().get(0));
            provider.converge(new Step(step.id(), step.change(), step.to(), "run-killed"), Progress.NONE);
        }
    }
}
