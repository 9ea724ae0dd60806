package io.chartreuse.provider.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Secrets;
import io.chartreuse.spi.model.Snapshot;
import io.chartreuse.spi.provider.OfflinePlanning;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.provider.SnapshotSource;
import java.util.List;
import java.util.Map;

/** Databases that are recorded, and planned for from the record alone. */
final class Recordings {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Recordings() {}

    /** The record as it comes back from the store. */
    static Snapshot taken(TestDatabase database) {
        try (Provider provider = database.provider()) {
            Snapshot snapshot = ((SnapshotSource) provider).snapshot().get(0);
            Findings.assertHarmless(snapshot.toString());
            return withNotes(snapshot, JSON.readValue(snapshot.notes().toString(), ObjectNode.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Snapshot withNotes(Snapshot snapshot, ObjectNode notes) {
        return new Snapshot(snapshot.address(), snapshot.parts(), snapshot.details(), notes);
    }

    /** Without secrets, so that any connection would fail. */
    static Resource recalled(TestDatabase database, Snapshot... recorded) {
        try (Provider provider = TestDatabase.provider(Map.of("main", database), NO_SECRETS)) {
            List<OfflinePlanning.Recorded> all = List.of(recorded).stream()
                    .map(snapshot -> new OfflinePlanning.Recorded(nothing(snapshot), snapshot))
                    .toList();
            return ((OfflinePlanning) provider).refresh(all).get(0);
        }
    }

    /** Its former content does not matter. */
    private static Resource nothing(Snapshot snapshot) {
        return Resource.migrate(
                snapshot.address(), JSON.createObjectNode(), JSON.createObjectNode(), List.of(), "was recorded");
    }

    private static final Secrets NO_SECRETS = reference -> {
        throw new ChartreuseException(Diagnostic.error(Missing.SECRET, "no secrets here", "connect to nothing"));
    };

    private enum Missing implements ErrorCode {
        SECRET;

        @Override
        public String code() {
            return "test.secret";
        }

        @Override
        public ErrorType type() {
            return ErrorType.USER;
        }
    }
}
