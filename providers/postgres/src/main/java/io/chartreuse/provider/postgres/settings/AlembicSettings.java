package io.chartreuse.provider.postgres.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a user's Alembic project is and how its Alembic is called.
 *
 * @param directory         absolute; the process runs in it
 * @param config            the absolute path of its {@code alembic.ini}, which is only ever read
 * @param section           the section of that file ({@code -n}); empty: {@code alembic}
 * @param command           what is executed: the program and its first arguments
 * @param arguments         passed to every call, before Alembic's own command
 * @param patroniPostgresql whether {@code -x patroni_postgresql=yes} is passed to every call
 * @param target            a revision, {@code branch@head}, {@code head} or {@code heads}
 * @param table             the version table's name; only this name distinguishes it from the user's tables
 * @param urlVariable       the environment variable in which {@code env.py} finds the database's URL as well
 * @param renderSql         whether plans hold the SQL, as far as Alembic can render it without a database
 * @param readOnlyPlan      whether the session of a plan refuses to write
 */
public record AlembicSettings(
        Path directory,
        Path config,
        Optional<String> section,
        List<String> command,
        List<String> arguments,
        boolean patroniPostgresql,
        String target,
        String table,
        Optional<String> urlVariable,
        boolean renderSql,
        boolean readOnlyPlan)
        implements ToolSettings {

    /** Alembic's own name for the section that it reads. */
    public static final String DEFAULT_SECTION = "alembic";

    public AlembicSettings {
        Objects.requireNonNull(section, "section");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(urlVariable, "urlVariable");
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("Alembic needs a command");
        }
        if (!directory.isAbsolute() || !config.isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + directory + ", " + config);
        }
    }

    /** The section that is read. */
    public String sectionName() {
        return section.orElse(DEFAULT_SECTION);
    }

    /** All: what Alembic migrates is not bound to schemas. */
    @Override
    public List<String> schemas() {
        return List.of();
    }
}
