package io.chartreuse.provider.postgres.flyway;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.ValidateResult;
import org.flywaydb.core.api.pattern.ValidatePattern;
import org.flywaydb.core.internal.command.DbBaseline;
import org.flywaydb.core.internal.command.DbSchemas;
import org.flywaydb.core.internal.command.DbValidate;
import org.flywaydb.core.internal.database.base.Schema;

/** Prepares the first migration in Flyway's order and with Flyway's classes: validates, creates schemas and history. */
final class HistorySetup {

    private final FlywayParts parts;
    private final Configuration configuration;

    HistorySetup(FlywayParts parts) {
        this.parts = parts;
        this.configuration = parts.configuration();
    }

    /**
     * Validates, and creates schemas and the history table where they are missing.
     *
     * @return the version at which an existing schema was baselined; empty without a baseline
     * @throws FlywayException where the history contradicts the files, or a schema with objects has no history
     */
    Optional<String> lay() {
        if (configuration.isValidateOnMigrate()) {
            validate();
        }
        if (configuration.isCreateSchemas()) {
            new DbSchemas(parts.database(), parts.schemas(), parts.history(), parts.callbacks()).create(false);
        }
        return parts.history().exists() ? Optional.empty() : begin();
    }

    private void validate() {
        ValidatePattern[] patterns = Stream.concat(
                        Arrays.stream(configuration.getIgnoreMigrationPatterns()),
                        Stream.of(ValidatePattern.fromPattern("*:pending")))
                .toArray(ValidatePattern[]::new);
        ValidateResult result = new DbValidate(
                        parts.database(),
                        parts.history(),
                        parts.schema(),
                        parts.resolver(),
                        configuration,
                        parts.callbacks(),
                        patterns)
                .validate();
        if (!result.validationSuccessful) {
            throw new FlywayValidateException(result.errorDetails, result.getAllErrorMessages());
        }
    }

    private Optional<String> begin() {
        boolean occupied = Arrays.stream(parts.schemas()).filter(Schema::exists).anyMatch(schema -> !schema.empty());
        if (!occupied) {
            parts.history().create(false);
            return Optional.empty();
        }
        if (configuration.isBaselineOnMigrate()) {
            new DbBaseline(
                            parts.history(),
                            configuration.getBaselineVersion(),
                            configuration.getBaselineDescription(),
                            parts.callbacks(),
                            parts.database())
                    .baseline();
            return Optional.of(configuration.getBaselineVersion().toString());
        }
        throw new FlywayException("the schemas hold objects, but no history");
    }
}
