package io.chartreuse.provider.kubernetes.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.text.Sha256;
import java.util.List;
import java.util.Optional;

/** A database whose one pending migration takes no time: it makes the engine stop workloads. */
final class InstantMigration implements Provider {

    @Override
    public List<Resource> refresh() {
        return List.of(Resource.migrate(
                new Address("instant.database", "main"),
                revision(1),
                revision(2),
                List.of(new Migration(Optional.of("2"), "nothing", "V2__nothing.sql", Sha256.of(""), true)),
                "1 migration is pending"));
    }

    @Override
    public ObjectNode converge(Step step, Progress progress) {
        return step.change().after();
    }

    @Override
    public void close() {}

    private static ObjectNode revision(int number) {
        return JsonNodeFactory.instance.objectNode().put("revision", number);
    }
}
