package io.chartreuse.provider.postgres.alembic;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A process to start.
 *
 * @param command     program and arguments
 * @param directory   the working directory
 * @param environment the complete environment
 */
record Call(List<String> command, Path directory, Map<String, String> environment) {

    Call {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(directory, "directory");
    }
}
