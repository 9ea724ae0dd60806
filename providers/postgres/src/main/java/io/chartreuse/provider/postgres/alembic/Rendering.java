package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;

/** Alembic's description of pending revisions before they run. */
record Rendering(JsonNode parts) {

    Rendering {
        Objects.requireNonNull(parts, "parts");
    }

    /** The statements; empty where rendering them needs a database. */
    Optional<String> sql(Revision revision) {
        return Optional.ofNullable(parts.path(revision.id()).path("sql").textValue());
    }

    /** The statement that creates the version table; empty where the database has revisions, or nothing is rendered. */
    Optional<String> creation() {
        return Optional.ofNullable(parts.path("").path("sql").textValue());
    }

    /** Why the statements are missing. */
    Optional<String> why(Revision revision) {
        return Optional.ofNullable(parts.path(revision.id()).path("why").textValue());
    }

    /** Whether the revision leaves the transaction; empty where that is not known. */
    Optional<Boolean> leavesTransaction(Revision revision) {
        JsonNode outside = parts.path(revision.id()).path("outside");
        return outside.isBoolean() ? Optional.of(outside.booleanValue()) : Optional.empty();
    }

    /** Whether it is known that the whole revision runs in the transaction. */
    boolean isInTransaction(Revision revision) {
        return leavesTransaction(revision).filter(leaves -> !leaves).isPresent();
    }
}
