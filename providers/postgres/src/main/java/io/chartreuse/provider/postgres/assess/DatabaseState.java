package io.chartreuse.provider.postgres.assess;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.migrate.MigrationStatus;
import io.chartreuse.spi.model.Migration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A database's state as in a plan: {@code {"revision": "5"}}, {@code null} where nothing is applied; {@code
 * repeatables} by description where the project has some; {@code skipped} where migrations below the revision are still
 * to be applied out of order.
 */
final class DatabaseState {

    private DatabaseState() {}

    static ObjectNode observed(MigrationStatus standing) {
        ObjectNode state = state(standing.revision());
        List<String> skipped = skipped(standing);
        if (!skipped.isEmpty()) {
            skipped.forEach(state.putArray("skipped")::add);
        }
        return withRepeatables(state, standing, standing.repeatables().observed());
    }

    static ObjectNode desired(MigrationStatus standing) {
        return withRepeatables(
                state(standing.goal()), standing, standing.repeatables().wanted());
    }

    /**
     * Pending migrations that do not change the revision; without them, the states before and after would be the same.
     */
    private static List<String> skipped(MigrationStatus standing) {
        return standing.goal().equals(standing.revision())
                ? standing.pending().stream()
                        .map(Migration::version)
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    private static ObjectNode state(Optional<String> revision) {
        return JsonNodeFactory.instance.objectNode().put("revision", revision.orElse(null));
    }

    private static ObjectNode withRepeatables(
            ObjectNode state, MigrationStatus standing, SortedMap<String, String> checksums) {
        if (!standing.repeatables().wanted().isEmpty()) {
            ObjectNode repeatables = state.putObject("repeatables");
            checksums.forEach(repeatables::put);
        }
        return state;
    }
}
