package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.migrate.PlannedSql;
import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.provider.postgres.settings.FlywayOptions.PlaceholderStyle;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.LargeSql;
import io.chartreuse.spi.model.Migration;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.parser.PlaceholderReplacingReader;
import org.flywaydb.core.internal.util.BomStrippingReader;

/**
 * The SQL of scripts as it will run, with placeholders replaced by Flyway. Placeholders whose value depends on the
 * process or on the time stay as they are written.
 */
final class RunningSql {

    private final DatabaseSettings database;
    private final Configuration flyway;
    private final ScriptReview review;
    private final Supplier<Map<String, String>> ofDatabase;
    private final PlannedSql planned = new PlannedSql();
    private Optional<Map<String, String>> values = Optional.empty();

    /** @param ofDatabase placeholders whose values come from the database; read only where a script has one */
    RunningSql(
            DatabaseSettings database,
            Configuration flyway,
            ScriptReview review,
            Supplier<Map<String, String>> ofDatabase) {
        this.database = database;
        this.flyway = flyway;
        this.review = review;
        this.ofDatabase = ofDatabase;
    }

    /**
     * Adds the SQL to the migration: the whole text where there is room, otherwise a reader that reads it in pieces.
     */
    Migration tell(Migration migration, Script script) {
        Optional<String> held = script.bytes() > PlannedSql.LONGEST ? Optional.empty() : planned.of(text(script));
        return held.map(migration::withSql).orElseGet(() -> migration.withLargeSql(large(script)));
    }

    private String text(Script script) {
        String text = script.text();
        if (!review.hasPlaceholders(script)) {
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
        StringWriter replaced = new StringWriter();
        try (Reader reader = replacing(script, new StringReader(text))) {
            reader.transferTo(replaced);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + script.getAbsolutePath(), e);
        }
        return replaced.toString();
    }

    private LargeSql large(Script script) {
        return LargeSql.of(pieces -> {
            try (Reader reader = reader(script)) {
                SqlPieces.read(reader, pieces);
            } catch (IOException | FlywayException e) {
                throw new ChartreuseException(
                        Diagnostic.error(
                                        PostgresProblem.UNREADABLE_MIGRATION,
                                        "Migration " + script.getAbsolutePath() + " of database " + database.name()
                                                + " cannot be read: " + e.getMessage() + ".",
                                        "Make sure that it does not change, then plan again.")
                                .about(database.address()),
                        e);
            }
        });
    }

    private Reader reader(Script script) {
        return review.hasPlaceholders(script)
                ? replacing(script, script.read())
                : new BomStrippingReader(script.read());
    }

    private Reader replacing(Script script, Reader text) {
        PlaceholderStyle style = database.migrations().options().placeholders();
        return new PlaceholderReplacingReader(
                style.prefix(),
                style.suffix(),
                flyway.getPlaceholderSeparator(),
                values(script, style),
                new BomStrippingReader(text));
    }

    private Map<String, String> values(Script script, PlaceholderStyle style) {
        if (values.isEmpty()) {
            values = Optional.of(values(style));
        }
        Map<String, String> all = new HashMap<>(values.get());
        all.put("flyway:filename", script.getFilename());
        return all;
    }

    private Map<String, String> values(PlaceholderStyle style) {
        Map<String, String> all = new HashMap<>(database.migrations().placeholders());
        Placeholders.PROVIDED.forEach(name -> all.put(name, style.prefix() + name + style.suffix()));
        all.put("flyway:table", flyway.getTable());
        all.put("flyway:environment", flyway.getCurrentEnvironmentName());
        ofDatabase.get().forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        return all;
    }
}
