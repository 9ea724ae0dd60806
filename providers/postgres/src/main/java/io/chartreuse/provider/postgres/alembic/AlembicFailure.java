package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a request to Alembic failed.
 *
 * @param stage    the stage that failed: {@code scripts}, {@code environment}, {@code target}; {@code ended} where its
 *                 process ended without an answer
 * @param output   Python's message, as Alembic's command would print it
 * @param sqlState the server's code, where the server refused
 * @param lost     whether SQLAlchemy considers the connection lost
 */
record AlembicFailure(String stage, Output output, Optional<String> sqlState, boolean lost) {

    AlembicFailure {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(sqlState, "sqlState");
    }

    /** Reads it from the process's message. */
    static AlembicFailure of(JsonNode reported) {
        List<String> lines = new ArrayList<>();
        reported.path("lines").forEach(line -> lines.add(line.asText()));
        return new AlembicFailure(
                reported.path("stage").asText(),
                new Output(1, List.of(), lines),
                Optional.ofNullable(reported.path("sqlstate").textValue())
                        .filter(state -> state.matches("[0-9A-Z]{5}")),
                reported.path("lost").asBoolean());
    }

    /** The failure of a process that has ended. */
    static AlembicFailure ended(Output output) {
        return new AlembicFailure("ended", output, Optional.empty(), false);
    }

    /** The reason. */
    FailureOutput complaint() {
        return isAt("ended") ? FailureOutput.ofEnded(output) : FailureOutput.of(output);
    }

    boolean isAt(String other) {
        return stage.equals(other);
    }
}
