package io.chartreuse.provider.postgres.alembic;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One process to be run.
 *
 * @param command     program and arguments
 * @param directory   in which it runs
 * @param environment all of its environment
 * @param limit       how long it may take; empty: as long as it takes
 * @param watch       told each line that it says, from threads that are not the caller's
 */
record Call(
        List<String> command,
        Path directory,
        Map<String, String> environment,
        Optional<Duration> limit,
        Consumer<String> watch) {

    Call {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(watch, "watch");
    }

    /** The secret is in the environment: what it says may show it. */
    Optional<String> password() {
        return Optional.ofNullable(environment.get("PGPASSWORD")).filter(text -> text.length() > 3);
    }
}
