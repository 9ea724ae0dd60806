package io.chartreuse.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.model.Snapshot;
import io.chartreuse.spi.provider.OfflinePlanning;
import io.chartreuse.spi.text.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an {@link InMemoryProvider} remembers of its databases, and what it can tell from that alone. */
final class InMemoryRecord {

    private InMemoryRecord() {}

    /** Of databases: the migrations that were applied and the objects that are there. */
    static List<Snapshot> snapshot(InMemoryWorld world) {
        synchronized (world) {
            List<Snapshot> snapshots = new ArrayList<>();
            world.databases.forEach((name, database) -> snapshots.add(new Snapshot(
                    new Address("memory.database", name),
                    parts(database),
                    JsonNodeFactory.instance.objectNode().put("order", database.order))));
            return snapshots;
        }
    }

    private static SortedMap<String, String> parts(InMemoryWorld.Database database) {
        SortedMap<String, String> parts = new TreeMap<>();
        for (int version = 1; version <= database.revision; version++) {
            parts.put("migration V" + version + ".sql", Sha256.of("V" + version + ".sql"));
        }
        parts.putAll(database.objects);
        return parts;
    }

    /** Databases lead where the image of the release leads, from where they stood; all else is as it was. */
    static List<Resource> resources(InMemoryWorld world, List<OfflinePlanning.Recorded> recorded) {
        List<Resource> resources = new ArrayList<>();
        recorded.forEach(
                one -> resources.add(one.resource().role() == Role.MIGRATE ? database(world, one) : one.resource()));
        world.databases.keySet().stream()
                .map(name -> new Address("memory.database", name))
                .filter(address -> recorded.stream()
                        .noneMatch(one -> one.resource().address().equals(address)))
                .forEach(address -> resources.add(unknown(address)));
        return resources;
    }

    private static Resource database(InMemoryWorld world, OfflinePlanning.Recorded recorded) {
        Resource resource = recorded.resource();
        InMemoryWorld.Database standing = new InMemoryWorld.Database();
        standing.revision = resource.observed().get("revision").asInt();
        standing.target = world.databases.get(resource.address().name()).target;
        standing.identity = resource.identity().get("system");
        standing.order = recorded.snapshot().notes().get("order").asInt();
        return InMemoryProvider.database(resource.address().name(), standing);
    }

    private static Resource unknown(Address address) {
        return Resource.migrate(
                        address,
                        JsonNodeFactory.instance.objectNode(),
                        JsonNodeFactory.instance.objectNode(),
                        List.of(),
                        "not recorded")
                .withFindings(List.of(Diagnostic.error(
                                InMemoryProvider.Failure.UNREADABLE, address + " is not on record", "fix the test")
                        .about(address)));
    }
}
