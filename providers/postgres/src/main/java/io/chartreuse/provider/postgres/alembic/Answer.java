package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a request.
 *
 * @param content of the answer; missing when the request failed
 * @param failure why the request failed; empty when it succeeded
 */
record Answer(JsonNode content, Optional<AlembicFailure> failure) {

    Answer {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(failure, "failure");
    }

    static Answer of(JsonNode message) {
        return message.has("answer")
                ? new Answer(message.get("answer"), Optional.empty())
                : failed(AlembicFailure.of(message.path("failure")));
    }

    static Answer failed(AlembicFailure failure) {
        return new Answer(MissingNode.getInstance(), Optional.of(failure));
    }
}
