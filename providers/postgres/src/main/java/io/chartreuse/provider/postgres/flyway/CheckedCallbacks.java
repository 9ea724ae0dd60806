package io.chartreuse.provider.postgres.flyway;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.callback.GenericCallback;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.callback.NoopCallbackExecutor;
import org.flywaydb.core.internal.callback.SqlScriptCallbackFactory;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.sqlscript.DefaultSqlScriptExecutor;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;

/**
 * Runs the user's SQL callbacks instead of Flyway, which does not report their statements. Flyway's own classes find,
 * order and execute them, but each statement is compared with the file first, as in migrations. For one run.
 */
final class CheckedCallbacks {

    private final List<Place> places;

    /** @param scripts all scripts; those that are named like an event are callbacks */
    CheckedCallbacks(ScriptSet scripts, ScriptReview review) {
        this.places = scripts.all().stream()
                .filter(script -> review.event(script).isPresent())
                .map(script -> new Place())
                .toList();
    }

    /** One callback for each file; they do nothing before {@link #begin}. */
    Stream<Callback> callbacks() {
        return places.stream().map(Callback.class::cast);
    }

    /**
     * Called once connected. Runs at once the callbacks of events that Flyway announced before a file could be parsed.
     */
    void begin(FlywayParts parts, ScriptSet scripts) {
        ParsingContext context = new ParsingContext();
        context.populate(parts.database(), parts.configuration());
        List<GenericCallback<Event>> found = new SqlScriptCallbackFactory<Event>(
                        scripts,
                        (connection, undo, batch, output) -> new Executor(connection, parts, scripts),
                        parts.database().getDatabaseType().createSqlScriptFactory(parts.configuration(), context),
                        parts.configuration(),
                        CheckedCallbacks::event)
                .getCallbacks();
        if (found.size() != places.size()) {
            throw new FlywayException("Flyway would run " + found.size() + " callbacks instead of " + places.size());
        }
        for (int index = 0; index < found.size(); index++) {
            places.get(index).callback = Optional.of(found.get(index));
        }
        parts.callbacks().onMainConnectionEvent(Event.AFTER_CONNECT);
    }

    private static Optional<Event> event(String id) {
        return Arrays.stream(Event.values())
                .filter(event -> event.getId().equals(id))
                .findFirst();
    }

    /** One of the callbacks that Flyway calls in their order. Used only by the thread that migrates. */
    private static final class Place implements Callback {

        private Optional<GenericCallback<Event>> callback = Optional.empty();

        @Override
        public boolean supports(Event event, Context context) {
            return callback.filter(own -> own.supports(event, context)).isPresent();
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return callback.orElseThrow().canHandleInTransaction(event, context);
        }

        @Override
        public void handle(Event event, Context context) {
            callback.orElseThrow().handle(event, context);
        }

        @Override
        public String getCallbackName() {
            return callback.map(GenericCallback::getCallbackName).orElse("");
        }
    }

    /** Executes one file for one event. */
    private static final class Executor extends DefaultSqlScriptExecutor {

        private final FlywayParts parts;
        private final ScriptSet scripts;
        private Optional<SplitCheck> check = Optional.empty();

        Executor(Connection connection, FlywayParts parts, ScriptSet scripts) {
            super(
                    new JdbcTemplate(connection, parts.database().getDatabaseType()),
                    NoopCallbackExecutor.INSTANCE,
                    false,
                    false,
                    false,
                    null);
            this.parts = parts;
            this.scripts = scripts;
        }

        @Override
        public List<Results> execute(SqlScript sql, Configuration configuration) {
            String file = sql.getResource().getAbsolutePathOnDisk();
            Script script =
                    scripts.at(file).orElseThrow(() -> new FlywayException("a callback of unknown origin: " + file));
            try (Reader text = new StatementLines(parts, scripts).text(script)) {
                SplitCheck split = new SplitCheck(text, !StatementLines.namesTime(script));
                check = Optional.of(split);
                List<Results> results = super.execute(sql, configuration);
                split.end();
                return results;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }

        @Override
        protected Results executeStatement(
                JdbcTemplate jdbc, SqlScript script, SqlStatement statement, Configuration configuration) {
            check.orElseThrow().executes(statement.getSql());
            try {
                RunListener.requireStandardStrings(jdbc.getConnection());
            } catch (SQLException e) {
                throw new FlywaySqlException("the settings of the session could not be read", e);
            }
            return super.executeStatement(jdbc, script, statement, configuration);
        }
    }
}
