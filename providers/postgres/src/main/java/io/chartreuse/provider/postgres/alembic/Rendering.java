package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;

/** What Alembic tells of pending revisions before they run. */
record Rendering(JsonNode parts) {

    Rendering {
        Objects.requireNonNull(parts, "parts");
    }

    /** The statements; empty where rendering them needs a database. */
    Optional<String> sql(Revision revision) {
        return Optional.ofNullable(parts.path(revision.id()).path("sql").textValue());
    }

    /** What creates the version table; empty where the database stands at a revision, or nothing is rendered. */
    Optional<String> creation() {
        return Optional.ofNullable(parts.path("").path("sql").textValue());
    }

    /** Why the statements are missing. */
    Optional<String> why(Revision revision) {
        return Optional.ofNullable(parts.path(revision.id()).path("why").textValue());
    }

    /** Whether it leaves the transaction: empty where that is not known. */
    Optional<Boolean> leavesTransaction(Revision revision) {
        JsonNode outside = parts.path(revision.id()).path("outside");
        return outside.isBoolean() ? Optional.of(outside.booleanValue()) : Optional.empty();
    }

    /** Whether all of it is known to run in the transaction; what is not known is not said. */
    boolean isInTransaction(Revision revision) {
        return leavesTransaction(revision).filter(leaves -> !leaves).isPresent();
    }
}
