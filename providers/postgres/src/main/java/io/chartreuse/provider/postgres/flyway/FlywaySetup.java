package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.settings.FlywayOptions;
import io.chartreuse.provider.postgres.settings.MigrationSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Configures Flyway: it reads neither its own configuration files nor the environment, and writes nothing to the
 * terminal. Each call creates a new instance.
 */
final class FlywaySetup {

    private final MigrationSettings settings;

    FlywaySetup(MigrationSettings settings) {
        this.settings = settings;
    }

    /** A Flyway that only reads. */
    Flyway reader(DataSource source, ScriptSet scripts) {
        return looking(scripts).dataSource(source).load();
    }

    /**
     * The configuration of a Flyway that only reads, without a connection. Leaves out the user's callbacks: they may
     * write.
     */
    FluentConfiguration looking(ScriptSet scripts) {
        FluentConfiguration flyway =
                configuration(scripts).skipDefaultCallbacks(true).createSchemas(false);
        settings.target().ifPresent(target -> flyway.target(target + "?"));
        return flyway;
    }

    /**
     * The configuration of a Flyway that migrates up to that version. @param callbacks all callbacks, in their order
     */
    Configuration migrator(
            DataSource source, ScriptSet scripts, Optional<String> target, String installedBy, Callback... callbacks) {
        FluentConfiguration flyway = configuration(scripts)
                .dataSource(source)
                .skipDefaultCallbacks(true)
                .callbacks(callbacks)
                .installedBy(installedBy.substring(0, Math.min(installedBy.length(), 100)));
        target.ifPresent(flyway::target);
        return flyway.load().getConfiguration();
    }

    /** Lets Flyway ignore migrations that the database has and the files lack: Chartreuse reports them itself. */
    private static void options(FluentConfiguration flyway, FlywayOptions options) {
        FlywayOptions.Naming naming = options.naming();
        FlywayOptions.PlaceholderStyle placeholders = options.placeholders();
        flyway.encoding(options.encoding())
                .mixed(options.mixed())
                .sqlMigrationPrefix(naming.prefix())
                .repeatableSqlMigrationPrefix(naming.repeatable())
                .sqlMigrationSeparator(naming.separator())
                .sqlMigrationSuffixes(naming.suffixes().toArray(String[]::new))
                .placeholderPrefix(placeholders.prefix())
                .placeholderSuffix(placeholders.suffix())
                .placeholderReplacement(placeholders.replaced())
                .validateOnMigrate(options.acceptEdited().isEmpty())
                .ignoreMigrationPatterns(
                        Stream.concat(options.ignoreMigrationPatterns().stream(), Stream.of("*:future"))
                                .toArray(String[]::new));
    }

    /** The common configuration, with all that is needed to read the names of files. */
    FluentConfiguration configuration(ScriptSet scripts) {
        FluentConfiguration flyway = new FluentConfiguration(FlywaySetup.class.getClassLoader())
                .loggers("slf4j")
                .resourceProvider(scripts)
                .javaMigrationClassProvider(List::of)
                .javaMigrations(scripts.javaMigrations().toArray(JavaMigration[]::new))
                .outputQueryResults(false)
                .validateMigrationNaming(false)
                .table(settings.table())
                .placeholders(settings.placeholders())
                .outOfOrder(settings.outOfOrder())
                .createSchemas(settings.options().createSchemas());
        options(flyway, settings.options());
        if (!settings.schemas().isEmpty()) {
            flyway.schemas(settings.schemas().toArray(String[]::new));
        }
        settings.baselineVersion()
                .ifPresent(version -> flyway.baselineOnMigrate(true).baselineVersion(version));
        // With the default, CREATE INDEX CONCURRENTLY would wait for ever for the transaction that holds Flyway's own
        // lock.
        flyway.getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return flyway;
    }
}
