package io.chartreuse.core.state;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Snapshot;
import io.chartreuse.spi.provider.OfflinePlanning;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One resource as it is recorded. Its migrations are without SQL, and it has no findings: those are of their moment.
 *
 * @param snapshot what its provider wanted to be remembered beside it, where it has that power
 */
public record RecordedResource(Resource resource, Optional<Snapshot> snapshot) {

    public RecordedResource {
        resource = withoutMoment(resource);
        Objects.requireNonNull(snapshot, "snapshot");
    }

    private static Resource withoutMoment(Resource resource) {
        return new Resource(
                resource.address(),
                resource.role(),
                resource.order(),
                resource.observed(),
                resource.desired(),
                resource.maintenance(),
                resource.identity(),
                resource.fingerprint(),
                resource.migrations().stream().map(m -> m.withoutSql()).toList(),
                resource.reason(),
                List.of(),
                true);
    }

    public Address address() {
        return resource.address();
    }

    /** As it is handed to a provider that plans from it. */
    public OfflinePlanning.Recorded recorded() {
        return new OfflinePlanning.Recorded(
                resource,
                snapshot.orElseGet(
                        () -> new Snapshot(address(), new TreeMap<>(), JsonNodeFactory.instance.objectNode())));
    }
}
