package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.remains.ProgressJournal;
import java.sql.Connection;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.sqlscript.DefaultSqlScriptExecutor;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatement;

/**
 * Executes a script outside of a transaction by Flyway's executor, so that each statement which the server lets run in a
 * transaction is committed together with the note that it is done, and one that runs code which commits ends with that note.
 */
final class NotedExecution extends DefaultSqlScriptExecutor {

    private static final Results NONE = new Results();

    private final NotedStatement.Noting noting;
    private final boolean exact;
    private final int done;
    private int position;

    /**
     * @param exact whether the session may write the note itself
     * @param done  statements that are not to run again; what they set for the session is set again
     */
    NotedExecution(FlywayParts parts, Connection connection, ProgressJournal journal, boolean exact, int done) {
        super(
                new JdbcTemplate(connection, parts.database().getDatabaseType()),
                parts.callbacks(),
                false,
                false,
                false,
                null);
        this.exact = exact;
        this.done = done;
        this.noting = new NotedStatement.Noting(connection, journal);
    }

    /** The results hold the text of their statement. */
    @Override
    protected Results executeStatement(
            JdbcTemplate jdbc, SqlScript script, SqlStatement statement, Configuration configuration) {
        position++;
        if (position > done) {
            SqlStatement executed = exact ? new NotedStatement(statement, noting) : statement;
            super.executeStatement(jdbc, script, executed, configuration);
        } else if (StatementKind.of(statement.getSql()) == StatementKind.SETS) {
            Results set = statement.execute(jdbc, this, configuration);
            if (set.getException() != null) {
                handleException(set, script, statement, configuration);
            }
        }
        return NONE;
    }
}
