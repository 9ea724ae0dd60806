package io.chartreuse.cli.legacy;

import io.chartreuse.spi.model.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A database in the earlier tool's settings.
 *
 * @param name       its key in the YAML; {@code main} for the only one of the variables
 * @param section    of {@code alembic.ini}, where it was named
 * @param user       the login role; empty: the operating system's user
 * @param directory  of the Alembic project
 * @param config     Alembic's configuration file, from there
 * @param allowEmpty whether it is migrated when it is empty
 * @param arguments  for each call of Alembic
 * @param patroni    whether it is behind Patroni
 */
record LegacyDatabase(
        String name,
        Optional<String> section,
        DatabasePlace place,
        Optional<String> user,
        Optional<Secret> password,
        String directory,
        String config,
        boolean allowEmpty,
        List<String> arguments,
        boolean patroni) {

    LegacyDatabase {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(section, "section");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(config, "config");
        arguments = List.copyOf(arguments);
    }
}
