package io.chartreuse.core.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.json.JsonDiff;
import io.chartreuse.spi.model.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What maintenance has left behind while no run is under way. That needs no record: it stands on the resources. */
public final class MaintenanceLeftovers {

    private MaintenanceLeftovers() {}

    /** Workloads that are stopped or not wholly back, and what is suspended still; sorted. */
    public static List<DriftedPart> of(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> !resource.observed().equals(resource.desired()))
                .flatMap(MaintenanceLeftovers::left)
                .sorted()
                .toList();
    }

    private static Stream<DriftedPart> left(Resource resource) {
        boolean inMaintenance =
                resource.maintenance().filter(resource.observed()::equals).isPresent();
        return switch (resource.role()) {
            case GATE, MIGRATE -> Stream.empty();
            case SUSPEND -> inMaintenance ? part(resource, DriftKind.SUSPENDED) : Stream.empty();
            case QUIESCE -> part(resource, inMaintenance ? DriftKind.STOPPED : DriftKind.UNRESTORED);
        };
    }

    private static Stream<DriftedPart> part(Resource resource, DriftKind kind) {
        return JsonDiff.between(resource.desired(), resource.observed()).stream()
                .map(operation -> operation.get("path").asText())
                .map(path -> new DriftedPart(
                        resource.address(),
                        kind,
                        path.substring(1).replace('/', ' '),
                        value(resource.desired().at(path)),
                        value(resource.observed().at(path))));
    }

    private static Optional<String> value(JsonNode value) {
        return value.isMissingNode()
                ? Optional.empty()
                : Optional.of(value.isValueNode() ? value.asText() : value.toString());
    }
}
