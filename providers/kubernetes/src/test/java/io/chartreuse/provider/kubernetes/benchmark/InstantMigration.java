package io.chartreuse.provider.kubernetes.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Migration;
import io.chartreuse.spi.Progress;
import io.chartreuse.spi.Provider;
import io.chartreuse.spi.Resource;
import io.chartreuse.spi.Sha256;
import io.chartreuse.spi.Step;
import java.util.List;
import java.util.Optional;

/** A database whose one pending migration takes no time: the reason for stopping anything. */
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
