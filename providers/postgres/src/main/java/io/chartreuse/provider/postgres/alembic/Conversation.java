package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Receives the events and questions that the process sends before it answers a request. Called by the thread that made
 * the request.
 */
@FunctionalInterface
interface Conversation {

    /** Ignores every event and answers nothing. */
    Conversation NONE = event -> Optional.empty();

    /** @return the reply that the process waits for; empty where it does not wait */
    Optional<ObjectNode> on(JsonNode event);
}
