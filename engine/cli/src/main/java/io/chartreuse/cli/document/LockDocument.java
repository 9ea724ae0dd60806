package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.spi.backend.Lease;
import java.time.Instant;
import java.util.Optional;

/** What became of a lock as JSON: {@code output/unlock.schema.json}. */
public final class LockDocument {

    private LockDocument() {}

    /** @param lease the one that was removed; empty if no process held the lock */
    public static ObjectNode of(Optional<Lease> lease, Instant now) {
        ObjectNode document = Json.object().put("unlocked", lease.isPresent());
        lease.ifPresent(held -> document.set("lock", StatusDocument.lock(held, now)));
        return document;
    }
}
