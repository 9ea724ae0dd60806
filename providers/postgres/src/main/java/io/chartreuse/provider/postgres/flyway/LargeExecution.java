package io.chartreuse.provider.postgres.flyway;

import java.sql.Connection;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.database.DatabaseType;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.sqlscript.DefaultSqlScriptExecutor;
import org.flywaydb.core.internal.sqlscript.ParserSqlScript;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlScriptMetadata;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;

/**
 * Executes a large script statement by statement as it is read: Flyway's parser and executor, without their lists of
 * all statements and results.
 */
final class LargeExecution {

    private final FlywayParts parts;
    private final ResourceProvider scripts;

    LargeExecution(FlywayParts parts, ResourceProvider scripts) {
        this.parts = parts;
        this.scripts = scripts;
    }

    /**
     * Executes the script. Compares the file with its digest before the first statement, and once more, as it was read,
     * at the end.
     */
    void run(Script script, Connection connection) {
        new Executor(new JdbcTemplate(connection, parts.database().getDatabaseType()), parts)
                .execute(streamed(script), parts.configuration());
    }

    /** The same file for another executor. */
    SqlScript streamed(Script script) {
        script.verify();
        Configuration configuration = parts.configuration();
        DatabaseType type = parts.database().getDatabaseType();
        ParsingContext context = new ParsingContext();
        context.populate(parts.database(), configuration);
        Parser parser = type.createParser(configuration, scripts, context);
        LoadableResource options = SqlScriptMetadata.getMetadataResource(scripts, script);
        return new Streamed(parser, script, options);
    }

    /** Parsed while it is executed. */
    private static final class Streamed extends ParserSqlScript {

        private final SqlScriptMetadata metadata;

        Streamed(Parser parser, Script script, LoadableResource options) {
            super(parser, script, options, parser.configuration.isMixed());
            this.metadata = SqlScriptMetadata.fromResource(options, parser, parser.configuration);
        }

        /**
         * Does not parse the whole script before the first statement as Flyway would: parse errors were found when it
         * was planned.
         */
        @Override
        public SqlStatementIterator getSqlStatements() {
            return parser.parse(resource, metadata);
        }
    }

    private static final class Executor extends DefaultSqlScriptExecutor {

        private static final Results NONE = new Results();

        Executor(JdbcTemplate jdbc, FlywayParts parts) {
            super(jdbc, parts.callbacks(), false, false, false, null);
        }

        /** Drops the results, which hold the text of their statement. */
        @Override
        protected Results executeStatement(
                JdbcTemplate jdbc, SqlScript script, SqlStatement statement, Configuration configuration) {
            super.executeStatement(jdbc, script, statement, configuration);
            return NONE;
        }
    }
}
