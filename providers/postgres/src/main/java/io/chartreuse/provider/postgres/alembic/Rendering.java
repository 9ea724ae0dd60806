package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;

/** What Alembic tells of pending revisions before they run. */
record Rendering(JsonNode parts) {

    Rendering {
        Objects.requireNonNull(parts, "parts");
    }

    /** The statements; empty where they cannot be told without a database. */
    Optional<String> sql(Revision revision) {
        return Optional.ofNullable(parts.path(revision.id()).path("sql").textValue());
    }

    /** Whether all of it is known to run in the transaction; what is not known is not said. */
    boolean isInTransaction(Revision revision) {
        JsonNode outside = parts.path(revision.id()).path("outside");
        return outside.isBoolean() && !outside.booleanValue();
    }
}
