package io.chartreuse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Phase;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.ProviderFactory;
import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Resources as files, for tests that start processes: file {@code web} stands for a workload's replicas, file {@code
 * revision} for a database, whose migration begins by writing {@code migrating} and waits until the test writes {@code
 * go}.
 */
public final class SlowProviderFactory implements ProviderFactory {

    private static final Address DATABASE = new Address("slow.database", "main");
    private static final Address WORKLOAD = new Address("slow.workload", "web");

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public String description() {
        return "A world in files that takes its time, for tests.";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.QUIESCE, Role.MIGRATE);
    }

    @Override
    public String configurationSchema() {
        return """
                {
                  "$id": "https://chartreuse.io/schemas/slow.schema.json",
                  "type": "object",
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public Provider create(JsonNode section, Context context) {
        return new FileWorld(context.directory());
    }

    /** The provider over one directory. */
    private record FileWorld(Path directory) implements Provider {

        @Override
        public List<Resource> refresh() {
            String script = "V6__slow.sql";
            boolean pending = !read("revision").equals("6");
            List<Migration> migrations = pending
                    ? List.of(new Migration(Optional.of("6"), "slow", script, Sha256.of(script), true))
                    : List.of();
            return List.of(
                    Resource.migrate(
                            DATABASE, state("revision", read("revision")), state("revision", "6"), migrations, "slow"),
                    Resource.quiesce(
                            WORKLOAD,
                            0,
                            state("replicas", read("web")),
                            state("replicas", "3"),
                            state("replicas", "0"),
                            "slow"));
        }

        @Override
        public ObjectNode converge(Step step, Progress progress) throws InterruptedException {
            if (step.change().role() == Role.QUIESCE) {
                write("web", step.to() == Phase.DURING ? "0" : "3");
                return state("replicas", read("web"));
            }
            write("migrating", "");
            progress.report("waiting for go");
            while (!Files.exists(directory.resolve("go"))) {
                Thread.sleep(20);
            }
            write("revision", "6");
            return state("revision", "6");
        }

        private String read(String file) {
            try {
                return Files.readString(directory.resolve(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void write(String file, String text) {
            try {
                Files.writeString(directory.resolve(file), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static ObjectNode state(String name, String value) {
            return JsonNodeFactory.instance.objectNode().put(name, value);
        }

        @Override
        public void close() {
            // files need no closing
        }
    }
}
